package io.nomnom.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nomnom.catalog.FieldType;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Place;
import io.nomnom.yaml.SourceFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExpressionTest {

    private static @Nullable Expression compile(
            String text, FieldType type, boolean nullable, Issues issues) {
        Expression.Scope scope =
                new Expression.Scope()
                        .entity("self", Map.of("x", new Expression.Member(type, nullable)))
                        .json("item")
                        .value("now", FieldType.of(FieldType.Kind.TIMESTAMP), false);
        Place place = Place.startOf(new SourceFile("e", text));
        return Expression.compile(new Scalar(place, text, Scalar.Type.TEXT), scope, issues);
    }

    @ParameterizedTest
    @EnumSource
    void aNullableFieldOfAnyTypeCanBeAskedForNull(FieldType.Kind kind) {
        for (boolean nullable : new boolean[] {true, false}) {
            for (String text : new String[] {"has(self.x)", "has(self.x) ? 'a' : 'b'"}) {
                Issues issues = new Issues();
                assertThat(compile(text, FieldType.of(kind), nullable, issues))
                        .as("%s %s %s", text, kind, issues.render())
                        .isNotNull();
            }
        }
        Issues issues = new Issues();
        assertThat(compile("self.x == null", FieldType.of(kind), true, issues))
                .as(issues.render())
                .isNotNull();
    }

    private static @Nullable Object evaluate(String text, Object x) {
        Issues issues = new Issues();
        Expression expression = compile(text, FieldType.of(FieldType.Kind.JSON), true, issues);
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("x", Expression.value(x));
        return Objects.requireNonNull(expression, issues::render)
                .evaluate(Map.of("self", self, "item", self, "now", self));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "decimal('0.1') + decimal('0.2') | 0.3",
                "decimal('0.1') * 3 | 0.3",
                "decimal('1') / 3 | 0.3333333333333333333333333333333333",
                "round(decimal('2.345'), 2) | 2.35",
                "round(decimal('-2.345'), 2) | -2.35",
                "decimal('1.50') == decimal('1.5') | true",
                "decimal('1.5') < 2 | true",
                "1 + 2 == 3 | true",
                "[1, 2, 3].map(i, i * 2).exists(i, i == 6) | true",
                "'a-b-c'.split('-')[1] | b",
                "'abc'.replace('b', 'xx') | axxc",
                "'abc'.replace('', '-') | -a-b-c-",
                "'aaa'.replace('a', 'b', 2) | bba",
                "['a', 'b'].join('+') | a+b",
                "'abc'.matches('^a.c$') | true",
                "'a' + 'b' | ab",
                "size([1] + [2, 3]) | 3",
                "'2024-01-31'.substring(0, 4) | 2024",
                "int('42') + 1 | 43",
                "string(decimal('12.50')) | 12.50",
                "self.x == null ? 'none' : 'some' | some",
                "has(self.x) && self.x == 'v' | true",
                "'v' in [self.x] | true",
                "!has(item.missing) | true"
            })
    void expressionsGiveWhatPeopleExpect(String text, String result) {
        assertThat(String.valueOf(evaluate(text, "v"))).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1].map(i, 'xxxxxxxxxxxxxxxx').map(i,i+i+i+i).map(i,i+i+i+i).map(i,i+i+i+i).map(i,i+i+i+i).map(i,i+i+i+i).map(i,i+i+i+i).map(i,i+i+i+i).map(i,i+i+i+i).map(i,i+i+i+i) | longer than a million",
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') | longer than a million",
                "self.x.matches('((a{900}){900}){900}') | unfold to more than",
                "round(decimal('1'), 2000000000) | takes -1000 to 1000",
                "decimal('1') / 0 | division by zero",
                "1 / 0 | zero",
                "decimal('x') | not a decimal"
            })
    void whatGrowsWithoutEndEnds(String text, String message) {
        assertThatThrownBy(() -> evaluate(text, "v"))
                .isInstanceOf(TransformException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("Exception");
    }
}
