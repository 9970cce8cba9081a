package io.nomnom.transform;

import io.nomnom.transform.Transform.ArgumentKind;
import io.nomnom.transform.Transform.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

/** Values of one type from values of another; what does not fit fails, nothing is guessed. */
final class ConversionTransforms {
    private ConversionTransforms() {}

    static List<Transform> all() {
        return List.of(
                whole("to_int", "A 32-bit integer", Integer.MIN_VALUE, Integer.MAX_VALUE),
                whole("to_bigint", "A 64-bit integer", Long.MIN_VALUE, Long.MAX_VALUE),
                Transform.named("to_float")
                        .doc("A double from a number or a numeric text.")
                        .input("value", Kind.ANY)
                        .gives(Kind.FLOAT)
                        .example("[\"1.5\"]", "{}", "1.5")
                        .by((in, args) -> {
                            double value = number(in).doubleValue();
                            if (!Double.isFinite(value)) {
                                throw new TransformException("too large for a float");
                            }
                            return value;
                        }),
                Transform.named("to_decimal")
                        .doc("A decimal with every digit from a number or a numeric text.")
                        .input("value", Kind.ANY)
                        .gives(Kind.DECIMAL)
                        .example("[\"12345.67\"]", "{}", "12345.67")
                        .by((in, args) -> number(in)),
                Transform.named("to_bool")
                        .doc(
                                "A boolean from true, false, yes, no, y, n, t, f, 1 and 0 in any case.")
                        .input("value", Kind.ANY)
                        .gives(Kind.BOOLEAN)
                        .example("[\"Y\"]", "{}", "true")
                        .by((in, args) -> bool(in)),
                Transform.named("to_string")
                        .doc(
                                "The value as text: decimals with all digits, times as RFC 3339, objects and lists as JSON.")
                        .input("value", Kind.ANY)
                        .example("[12.50]", "{}", "\"12.50\"")
                        .by((in, args) -> Plain.text(in.first())),
                Transform.named("parse_date")
                        .doc("A date from a text in a format of java.time's letters.")
                        .input("text", Kind.STRING)
                        .may("format", ArgumentKind.TEXT, "yyyy-MM-dd", "Such as dd.MM.yyyy.")
                        .gives(Kind.DATE)
                        .example(
                                "[\"31.01.2024\"]",
                                "{\"format\": \"dd.MM.yyyy\"}",
                                "\"2024-01-31\"")
                        .bound(args -> {
                            DateTimeFormatter format = format(args.text("format"));
                            return in -> parse(in, format).query(LocalDate::from);
                        }),
                Transform.named("parse_timestamp")
                        .doc(
                                "A timestamp from a text; without a format RFC 3339. Without an offset in the text, the zone's.")
                        .input("text", Kind.STRING)
                        .may("format", ArgumentKind.TEXT, null, "Such as yyyyMMddHHmmss.")
                        .may("zone", ArgumentKind.TEXT, "UTC", "Such as Europe/Berlin.")
                        .gives(Kind.TIMESTAMP)
                        .example(
                                "[\"20240131130000\"]",
                                "{\"format\": \"yyyyMMddHHmmss\", \"zone\": \"Europe/Berlin\"}",
                                "\"2024-01-31T12:00:00Z\"")
                        .bound(ConversionTransforms::timestamp),
                Transform.named("format_date")
                        .doc("A date or timestamp as text in a format of java.time's letters.")
                        .input("value", Kind.TIME)
                        .needs("format", ArgumentKind.TEXT, "Such as yyyy-MM.")
                        .may(
                                "zone",
                                ArgumentKind.TEXT,
                                "UTC",
                                "For timestamps: such as Europe/Berlin.")
                        .example(
                                "[\"2024-01-31\"]",
                                "{\"format\": \"dd.MM.yyyy\"}",
                                "\"31.01.2024\"")
                        .bound(ConversionTransforms::formatted));
    }

    private static Transform whole(String name, String what, long least, long most) {
        return Transform.named(name)
                .doc(what + " from a number or a numeric text without a fraction.")
                .input("value", Kind.ANY)
                .gives(Kind.INTEGER)
                .example("[\" 42 \"]", "{}", "42")
                .by((in, args) -> {
                    BigDecimal exact = number(in);
                    boolean fits =
                            exact.signum() == 0
                                    || (exact.stripTrailingZeros().scale() <= 0
                                            && exact.compareTo(BigDecimal.valueOf(least)) >= 0
                                            && exact.compareTo(BigDecimal.valueOf(most)) <= 0);
                    if (!fits) {
                        throw new TransformException("not a whole number of that size");
                    }
                    return exact.longValue();
                });
    }

    private static BigDecimal number(Inputs in) {
        return switch (in.first()) {
            case BigDecimal exact -> exact;
            case Long whole -> BigDecimal.valueOf(whole);
            case Double value -> BigDecimal.valueOf(value);
            case String text
                    when text.length() <= 1000
                            && text.strip()
                                    .matches("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?") ->
                    new BigDecimal(text.strip());
            default -> throw new TransformException("not a number");
        };
    }

    private static Object bool(Inputs in) {
        String text = Plain.text(in.first()).strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "t", "1" -> true;
            case "false", "no", "n", "f", "0" -> false;
            default -> throw new TransformException("neither true nor false");
        };
    }

    /** A strict formatter: no day is moved to make a date exist. */
    private static DateTimeFormatter format(String pattern) {
        StringBuilder years = new StringBuilder();
        boolean literal = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            literal = c == '\'' != literal;
            years.append(c == 'y' && !literal ? 'u' : c);
        }
        return DateTimeFormatter.ofPattern(years.toString(), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static TemporalAccessor parse(Inputs in, DateTimeFormatter format) {
        try {
            return format.parse(in.text().strip());
        } catch (DateTimeException fault) {
            throw new TransformException("the text is not in the format");
        }
    }

    private static Transform.Call timestamp(Transform.Arguments args) {
        ZoneId zone = zone(args);
        if (!args.has("format")) {
            return in -> {
                try {
                    return OffsetDateTime.parse(in.text().strip())
                            .withOffsetSameInstant(ZoneOffset.UTC);
                } catch (DateTimeException fault) {
                    throw new TransformException("the text is not an RFC 3339 timestamp");
                }
            };
        }
        DateTimeFormatter format = format(args.text("format"));
        return in -> {
            try {
                TemporalAccessor best =
                        format.parseBest(
                                in.text().strip(),
                                Instant::from,
                                LocalDateTime::from,
                                LocalDate::from);
                Instant instant =
                        switch (best) {
                            case Instant exact -> exact;
                            case LocalDateTime local -> local.atZone(zone).toInstant();
                            default -> LocalDate.from(best).atStartOfDay(zone).toInstant();
                        };
                return instant.atOffset(ZoneOffset.UTC);
            } catch (DateTimeException fault) {
                throw new TransformException("the text is not in the format");
            }
        };
    }

    private static ZoneId zone(Transform.Arguments args) {
        try {
            return ZoneId.of(args.text("zone"));
        } catch (DateTimeException fault) {
            throw new IllegalArgumentException(
                    "'%s' is not a time zone".formatted(args.text("zone")), fault);
        }
    }

    private static Transform.Call formatted(Transform.Arguments args) {
        ZoneId zone = zone(args);
        DateTimeFormatter format = format(args.text("format"));
        return in -> {
            try {
                return switch (in.first()) {
                    case OffsetDateTime time -> format.format(time.atZoneSameInstant(zone));
                    case LocalDate date -> format.format(date);
                    default -> throw new TransformException("neither a date nor a timestamp");
                };
            } catch (DateTimeException fault) {
                throw new TransformException("the format asks for what the value does not have");
            }
        };
    }
}
