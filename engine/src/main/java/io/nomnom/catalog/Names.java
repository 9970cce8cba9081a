package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks names up for the checks, and reports those that nothing has or that are not allowed. */
final class Names {
    /** PostgreSQL cuts longer identifiers in silence. */
    static final int MAX_IDENTIFIER_BYTES = 63;

    /** PostgreSQL's own columns, which every table has. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private static final Pattern ENTITY = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

    private static final Set<String> SYSTEM_COLUMNS =
            Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

    private final Catalog catalog;
    private final Issues issues;

    Names(Catalog catalog, Issues issues) {
        this.catalog = catalog;
        this.issues = issues;
    }

    /** A name of a field, table or index. */
    void identifier(Name name) {
        boolean form = FORM.matcher(name.text()).matches();
        boolean system = SYSTEM_COLUMNS.contains(name.snakeCase());
        if (form && !system && name.snakeCase().length() <= MAX_IDENTIFIER_BYTES) {
            return;
        }
        String hint =
                system
                        ? "every table of PostgreSQL has a column of that name"
                        : name.text().startsWith("_")
                                ? "a leading underscore is for system columns"
                                : lookalike(name.text());
        issues.error(
                IssueCode.ENT202,
                name.place(),
                "'%s' is not allowed: letters, digits and underscores, a letter first, %d at most"
                        .formatted(shortened(name.text()), MAX_IDENTIFIER_BYTES),
                hint);
    }

    void entityName(Name name) {
        if (!ENTITY.matcher(name.text()).matches()) {
            issues.error(
                    IssueCode.ENT202,
                    name.place(),
                    "'%s' is not an entity name: letters and digits in PascalCase, 63 at most"
                            .formatted(shortened(name.text())),
                    pascal(name.text()));
        }
    }

    private static @Nullable String pascal(String text) {
        String lookalike = lookalike(text);
        if (lookalike != null || !text.matches("[A-Za-z][A-Za-z0-9_ -]{0,62}")) {
            return lookalike;
        }
        StringBuilder pascal = new StringBuilder();
        for (String part : text.split("[_ -]+", -1)) {
            if (!part.isEmpty()) {
                pascal.append(part.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(part.substring(1));
            }
        }
        return "write '" + pascal + "'";
    }

    /** Names the first character that is no ASCII: it may look like a letter that is. */
    private static @Nullable String lookalike(String text) {
        return text.codePoints()
                .filter(c -> c > 127)
                .mapToObj(c -> "it holds U+%04X, %s".formatted(c, Character.getName(c)))
                .findFirst()
                .orElse(null);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    @Nullable EntitySpec entity(Name name, String key) {
        EntitySpec entity = catalog.entity(name.text());
        if (entity == null) {
            unknown(
                    IssueCode.ENT204,
                    name,
                    "%s names '%s', which is not an entity".formatted(key, shortened(name.text())),
                    catalog.entities().stream().map(each -> each.name().text()).toList());
        }
        return entity;
    }

    @Nullable FieldSpec field(EntitySpec entity, Name name, String key) {
        FieldSpec field = entity.field(name.text());
        if (field == null) {
            unknown(
                    IssueCode.ENT205,
                    name,
                    "%s names '%s', which is not a field of %s"
                            .formatted(key, shortened(name.text()), entity.name().text()),
                    entity.fields().stream().map(each -> each.name().text()).toList());
        }
        return field;
    }

    @Nullable FieldSpec stored(EntitySpec entity, Name name, String where) {
        FieldSpec field = entity.field(name.text());
        if (field != null && field.stored()) {
            return field;
        }
        List<String> names =
                entity.fields().stream()
                        .filter(FieldSpec::stored)
                        .map(each -> each.name().text())
                        .toList();
        unknown(
                IssueCode.ENT502,
                name,
                "%s names '%s', which is not a stored field of %s"
                        .formatted(where, shortened(name.text()), entity.name().text()),
                names);
        return null;
    }

    private void unknown(IssueCode code, Name name, String message, Collection<String> known) {
        issues.error(code, name.place(), message, Nearest.hint(name.text(), known));
    }
}
