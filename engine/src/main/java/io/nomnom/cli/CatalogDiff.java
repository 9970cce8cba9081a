package io.nomnom.cli;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Constraints;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.plan.Lineage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The differences between two catalogs, in the order of the newer one. */
final class CatalogDiff {

    /** What became of something. */
    enum Kind {
        ADDED("+"),
        REMOVED("-"),
        CHANGED("~");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    /**
     * A difference.
     *
     * @param breaking whether messages that were taken are refused, or give other rows
     */
    record Change(Kind kind, String what, boolean breaking) {}

    /** What is said of a field beside what {@link #field} looks at. */
    private static final Pattern FIELD =
            Pattern.compile(
                    "fields\\.([^.]+)\\.(doc|constraints\\.(default|indexed|unique|primaryKey))");

    private static final Pattern LOOKED_AT =
            Pattern.compile(
                    "name|type|ingest\\.enabled|fields\\..*|persistence\\.(table|unicity.*|onConflict)");

    private static final Pattern BREAKING =
            Pattern.compile(
                    "(ingest|derivation|minimalExistence)\\..*|rules|fields\\..*\\.(default|unique|primaryKey)");

    private final List<Change> changes = new ArrayList<>();

    private CatalogDiff() {}

    static List<Change> between(Catalog older, Catalog newer) {
        CatalogDiff diff = new CatalogDiff();
        for (EntitySpec entity : newer.entities()) {
            EntitySpec before = older.entity(entity.name().text());
            if (before == null) {
                diff.add(Kind.ADDED, "entity " + entity.name().text(), false);
            } else {
                diff.entity(before, entity);
            }
        }
        for (EntitySpec entity : older.entities()) {
            if (newer.entity(entity.name().text()) == null) {
                diff.add(Kind.REMOVED, "entity " + entity.name().text(), entity.ingestible());
            }
        }
        return diff.changes;
    }

    private void add(Kind kind, String what, boolean breaking) {
        changes.add(new Change(kind, what, breaking));
    }

    private void changed(String what, Object before, Object after, boolean breaking) {
        if (!before.equals(after)) {
            add(Kind.CHANGED, "%s: %s → %s".formatted(what, before, after), breaking);
        }
    }

    private void entity(EntitySpec before, EntitySpec after) {
        String name = after.name().text();
        changed(name + " type", GetCommand.type(before), GetCommand.type(after), true);
        changed(name + " sent alone", before.ingestible(), after.ingestible(), before.ingestible());
        for (FieldSpec field : after.fields()) {
            FieldSpec was = same(before, field);
            String path = name + "." + field.name().text();
            if (was == null) {
                boolean required =
                        !field.constraints().nullable()
                                && field.constraints().defaultValue() == null
                                && field.source() instanceof io.nomnom.catalog.ValueSource.ByName;
                add(Kind.ADDED, path + " " + field.type(), required);
            } else {
                field(path, before, was, after, field);
            }
        }
        for (FieldSpec field : before.fields()) {
            if (same(after, field) == null) {
                add(Kind.REMOVED, name + "." + field.name().text(), field.stored());
            }
        }
        table(name, before.stored(), after.stored());
        rest(name, FlatEntity.of(before), FlatEntity.of(after));
    }

    /** What needs no closer look: compared as it is written. */
    private void rest(String name, Map<String, String> before, Map<String, String> after) {
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            Matcher field = FIELD.matcher(path);
            boolean looked = LOOKED_AT.matcher(path).matches();
            if (field.matches()) {
                String there = "fields." + field.group(1) + ".name";
                looked = !(before.containsKey(there) && after.containsKey(there));
            }
            if (!looked) {
                changed(
                        name + " " + path,
                        before.getOrDefault(path, "none"),
                        after.getOrDefault(path, "none"),
                        BREAKING.matcher(path).matches());
            }
        }
    }

    private static @Nullable FieldSpec same(EntitySpec entity, FieldSpec field) {
        FieldSpec found = entity.field(field.name().text());
        return found == null ? entity.field(field.name().snakeCase()) : found;
    }

    private void field(
            String path, EntitySpec before, FieldSpec was, EntitySpec after, FieldSpec is) {
        changed(path + " type", was.type().toString(), is.type().toString(), true);
        changed(path + " stored", was.stored(), is.stored(), was.stored());
        changed(path + " from", Lineage.of(before, was), Lineage.of(after, is), true);
        Constraints old = was.constraints();
        Constraints now = is.constraints();
        changed(path + " nullable", old.nullable(), now.nullable(), old.nullable());
        changed(path + " coerce", was.coerce(), is.coerce(), was.coerce());
        length(path + " minLength", old.minLength(), now.minLength(), false);
        length(path + " maxLength", old.maxLength(), now.maxLength(), true);
        bound(path + " minimum", old.minimum(), now.minimum(), false);
        bound(path + " maximum", old.maximum(), now.maximum(), true);
        changed(path + " pattern", word(old.pattern()), word(now.pattern()), now.pattern() != null);
        changed(path + " enum", words(old), words(now), !now.enumeration().isEmpty());
    }

    private static String word(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }

    private static String words(Constraints constraints) {
        List<String> words = constraints.enumeration().stream().map(each -> each.text()).toList();
        return words.isEmpty() ? "any" : String.join(", ", words);
    }

    private void length(
            String what, @Nullable Integer before, @Nullable Integer after, boolean upper) {
        bound(
                what,
                before == null ? null : BigDecimal.valueOf(before),
                after == null ? null : BigDecimal.valueOf(after),
                upper);
    }

    /** A bound breaks where it gets narrower. */
    private void bound(
            String what, @Nullable BigDecimal before, @Nullable BigDecimal after, boolean upper) {
        boolean narrower =
                after != null
                        && (before == null
                                || (upper
                                        ? after.compareTo(before) < 0
                                        : after.compareTo(before) > 0));
        changed(what, word(before), word(after), narrower);
    }

    private void table(
            String name, @Nullable PersistenceSpec before, @Nullable PersistenceSpec after) {
        changed(name + " table", table(before), table(after), before != null);
        if (before == null || after == null) {
            return;
        }
        changed(name + " unicity", names(before.unicity()), names(after.unicity()), true);
        changed(
                name + " onConflict",
                word(before.onConflict()),
                word(after.onConflict()),
                !Objects.equals(before.onConflict(), after.onConflict()));
    }

    private static String table(@Nullable PersistenceSpec spec) {
        return spec == null || spec.table() == null ? "none" : spec.table().snakeCase();
    }

    private static String names(List<Name> names) {
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.stream().map(Name::text).toList());
    }
}
