package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Node.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Typed reads of nodes; a node of the wrong kind is reported and null or empty comes back. */
final class Values {
    /** What expressions call something else, and words of CEL. */
    private static final List<String> TAKEN =
            List.of("self", "message", "now", "true", "false", "null", "in");

    static final String COUNT = "a whole number from 0 to 999999999";

    private final Issues issues;

    Values(Issues issues) {
        this.issues = issues;
    }

    Issues issues() {
        return issues;
    }

    @Nullable Name name(Node node) {
        String text = text(node);
        return text == null ? null : new Name(text, node.place());
    }

    @Nullable String text(Node node) {
        if (node instanceof Scalar scalar && scalar.type() != Scalar.Type.NULL) {
            return scalar.text();
        }
        wrong(node, "text");
        return null;
    }

    @Nullable Boolean flag(Node node) {
        if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.BOOLEAN) {
            return scalar.text().toLowerCase(Locale.ROOT).equals("true");
        }
        wrong(node, "true or false");
        return null;
    }

    boolean flag(Node node, boolean otherwise) {
        Boolean flag = flag(node);
        return flag == null ? otherwise : flag;
    }

    /** A whole number from 0 to 2^31 - 1. */
    @Nullable Integer count(Node node) {
        if (node instanceof Scalar scalar
                && scalar.type() == Scalar.Type.INTEGER
                && scalar.text().matches("[0-9]{1,9}")) {
            return Integer.valueOf(scalar.text());
        }
        wrong(node, COUNT);
        return null;
    }

    @Nullable BigDecimal number(Node node) {
        if (node instanceof Scalar scalar
                && scalar.text().matches("[-+]?[0-9]{1,100}(\\.[0-9]{1,100})?")) {
            return new BigDecimal(scalar.text());
        }
        wrong(node, "a number");
        return null;
    }

    @Nullable Scalar scalar(Node node) {
        if (node instanceof Scalar scalar) {
            return scalar;
        }
        wrong(node, "a single value");
        return null;
    }

    /**
     * The entries of a mapping whose keys the shape has; other keys, and keys that must be there
     * and are not, are reported.
     */
    List<Entry> entries(Node node, Shape shape) {
        if (!(node instanceof Mapping mapping)) {
            List<String> names = shape.names();
            String hint = names.size() == 1 ? "write {%s: ...}".formatted(names.getFirst()) : null;
            issues.error(
                    IssueCode.ENT102,
                    node.place(),
                    "expected a mapping, found " + node.kind(),
                    hint);
            return List.of();
        }
        List<Entry> known = new ArrayList<>();
        Set<String> misspelt = new HashSet<>();
        for (Entry entry : mapping.entries()) {
            if (shape.key(entry.key()).isPresent()) {
                known.add(entry);
            } else {
                unknownKey(entry, shape);
                Nearest.to(entry.key(), shape.names()).ifPresent(misspelt::add);
            }
        }
        for (Shape.KeySpec key : shape.keys()) {
            boolean there = mapping.entry(key.name()).isPresent() || misspelt.contains(key.name());
            if (key.required() && !there) {
                missing(node, key.name(), shape.name());
            }
        }
        return known;
    }

    /** The entries of a mapping whose keys are the writer's choice. */
    List<Entry> entries(Node node) {
        if (node instanceof Mapping mapping) {
            return mapping.entries();
        }
        wrong(node, "a mapping");
        return List.of();
    }

    /** A key that the shape has and its reader does not take: the two must agree. */
    static IllegalStateException unread(Entry entry) {
        return new IllegalStateException("no reader takes the key " + entry.key());
    }

    <T> List<T> list(Node node, Function<Node, @Nullable T> item) {
        if (node instanceof Sequence sequence) {
            List<T> read = new ArrayList<>();
            for (Node each : sequence.items()) {
                T value = item.apply(each);
                if (value != null) {
                    read.add(value);
                }
            }
            return read;
        }
        wrong(node, "a list");
        return List.of();
    }

    Map<String, String> texts(Node node) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Entry entry : entries(node)) {
            String text = text(entry.value());
            if (text != null) {
                texts.put(entry.key(), text);
            }
        }
        return texts;
    }

    /** Values of any kind by name. */
    Map<String, Node> nodes(Node node) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        entries(node).forEach(entry -> nodes.put(entry.key(), entry.value()));
        return nodes;
    }

    /** The text, or what holds where it is none. */
    String text(Node node, String otherwise) {
        String text = text(node);
        return text == null ? otherwise : text;
    }

    /** A constant must be a single value that is not null. */
    @Nullable Scalar constant(Node node) {
        Scalar scalar = scalar(node);
        if (scalar == null || scalar.type() != Scalar.Type.NULL) {
            return scalar;
        }
        wrong(node, "a value");
        return null;
    }

    /** A name, or a list of names. */
    List<Name> names(Node node) {
        if (node instanceof Sequence) {
            return list(node, this::name);
        }
        Name name = name(node);
        return name == null ? List.of() : List.of(name);
    }

    /** Names, at least one. */
    List<Name> names(Node node, String where) {
        List<Name> names = list(node, this::name);
        if (node instanceof Sequence list && list.items().isEmpty()) {
            issues.error(IssueCode.ENT105, node.place(), where + " needs at least one field");
        }
        return names;
    }

    /** One of an enumeration's words, as written in lower case. */
    <E extends Enum<E>> @Nullable E oneOf(Node node, Class<E> type) {
        return oneOf(node, text(node), type);
    }

    /** The same in any case. */
    <E extends Enum<E>> @Nullable E oneOfAnyCase(Node node, Class<E> type) {
        String text = text(node);
        return oneOf(node, text == null ? null : text.toLowerCase(Locale.ROOT), type);
    }

    private <E extends Enum<E>> @Nullable E oneOf(Node node, @Nullable String text, Class<E> type) {
        if (text == null) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (E constant : Objects.requireNonNull(type.getEnumConstants())) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        notAllowed(node, text, words);
        return null;
    }

    void notAllowed(Node node, String text, List<String> words) {
        String hint = Nearest.hint(text, words);
        issues.error(
                IssueCode.ENT104,
                node.place(),
                "'" + text + "' is not one of " + String.join(", ", words),
                hint);
    }

    private void unknownKey(Entry entry, Shape shape) {
        issues.error(
                IssueCode.ENT101,
                entry.keyPlace(),
                "unknown key '%s' in %s; allowed: %s"
                        .formatted(entry.key(), shape.name(), String.join(", ", shape.names())),
                Remedies.ofKey(entry.key(), shape));
    }

    void missing(Node in, String key, String where) {
        issues.error(IssueCode.ENT103, in.place(), where + " needs the key '" + key + "'");
    }

    void wrong(Node node, String wanted) {
        issues.error(
                IssueCode.ENT102,
                node.place(),
                "expected " + wanted + ", found " + node.kind(),
                Remedies.ofValue(node, wanted));
    }

    /** What items are called in sources. */
    String itemName(Node node, String otherwise) {
        String name = text(node);
        if (name == null) {
            return otherwise;
        }
        if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,62}") || TAKEN.contains(name)) {
            issues.error(
                    IssueCode.ENT202,
                    node.place(),
                    "'%s' cannot name an item".formatted(name),
                    "letters, digits and underscores, a letter first; not one of "
                            + String.join(", ", TAKEN));
            return otherwise;
        }
        return name;
    }
}
