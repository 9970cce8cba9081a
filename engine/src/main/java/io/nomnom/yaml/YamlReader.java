package io.nomnom.yaml;

import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Composes the documents of one YAML 1.2 file to {@link Node}s. A syntax fault ends its file, and
 * is reported with its place; duplicate keys are reported and reading goes on. Size and depth are
 * bounded, aliases counted at what they expand to.
 */
public final class YamlReader {
    private static final int MAX_NODES = 100_000;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_CHARACTERS = 512 << 10;

    private final SourceFile file;
    private final Issues issues;
    private int nodes;

    private YamlReader(SourceFile file, Issues issues) {
        this.file = file;
        this.issues = issues;
    }

    /** The non-empty documents of the file; what cannot be read is reported to {@code issues}. */
    public static List<Node> read(SourceFile file, Issues issues) {
        return new YamlReader(file, issues).documents();
    }

    private List<Node> documents() {
        List<Node> documents = new ArrayList<>();
        if (file.text().length() > MAX_CHARACTERS) {
            issues.error(
                    IssueCode.ENT004,
                    Place.startOf(file),
                    "the file has %d characters; at most %d are read"
                            .formatted(file.text().length(), MAX_CHARACTERS),
                    "split it; entity files are read together, however many there are");
            return documents;
        }
        LoadSettings settings =
                LoadSettings.builder()
                        .setUseMarks(true)
                        .setLabel(file.path())
                        .setCodePointLimit(MAX_CHARACTERS)
                        .setMaxAliasesForCollections(MAX_NODES)
                        .build();
        try {
            for (var node : new Compose(settings).composeAllFromString(file.text())) {
                if (!(node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
                    documents.add(convert(node, Optional.empty(), 1));
                }
            }
        } catch (MarkedYamlEngineException fault) {
            boolean cutOff = String.valueOf(fault.getProblem()).contains("end of stream");
            Place place =
                    (cutOff ? fault.getContextMark() : Optional.<Mark>empty())
                            .or(fault::getProblemMark)
                            .map(this::at)
                            .orElse(Place.startOf(file));
            issues.error(IssueCode.ENT002, place, describe(fault));
        } catch (ReaderException fault) {
            issues.error(
                    IssueCode.ENT002,
                    at(fault.getPosition()),
                    "the character U+%04X is not allowed in YAML".formatted(fault.getCodePoint()));
        } catch (TooLargeException fault) {
            issues.error(IssueCode.ENT004, fault.place, fault.getMessage());
        } catch (YamlEngineException fault) {
            issues.error(IssueCode.ENT004, Place.startOf(file), String.valueOf(fault.getMessage()));
        } catch (StackOverflowError deep) {
            issues.error(
                    IssueCode.ENT004,
                    Place.startOf(file),
                    "nested deeper than " + MAX_DEPTH + " levels");
        }
        return documents;
    }

    private static String describe(MarkedYamlEngineException fault) {
        String problem = String.valueOf(fault.getProblem());
        if (problem.contains("'\\t(TAB)'")) {
            return "a tab cannot indent YAML; use spaces";
        }
        String context = fault.getContext();
        return context == null || context.isEmpty() ? problem : context + ": " + problem;
    }

    private Node convert(org.snakeyaml.engine.v2.nodes.Node node, Optional<Place> key, int depth) {
        Place place = place(node, key);
        if (++nodes > MAX_NODES) {
            throw new TooLargeException(place, "more than " + MAX_NODES + " values in one file");
        }
        if (depth > MAX_DEPTH) {
            throw new TooLargeException(place, "nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, place, depth);
            case SequenceNode sequence -> {
                List<Node> items = new ArrayList<>();
                for (var item : sequence.getValue()) {
                    items.add(convert(item, Optional.empty(), depth + 1));
                }
                yield new Sequence(place, items);
            }
            case ScalarNode scalar -> new Scalar(place, scalar.getValue(), type(scalar));
            default -> throw new TooLargeException(place, "an alias refers to itself");
        };
    }

    private Mapping mapping(MappingNode node, Place place, int depth) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : node.getValue()) {
            Place keyPlace = place(tuple.getKeyNode(), Optional.empty());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                issues.error(IssueCode.ENT102, keyPlace, "a key must be text");
                continue;
            }
            Node value = convert(tuple.getValueNode(), Optional.of(keyPlace), depth + 1);
            if (seen.add(key.getValue())) {
                entries.add(new Entry(keyPlace, key.getValue(), value));
            } else {
                issues.error(
                        IssueCode.ENT003,
                        keyPlace,
                        "the key '" + key.getValue() + "' stands twice in this mapping");
            }
        }
        return new Mapping(place, entries);
    }

    private static Scalar.Type type(ScalarNode scalar) {
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return Scalar.Type.TEXT;
        }
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.INT)) {
            return Scalar.Type.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Scalar.Type.FLOAT;
        }
        if (tag.equals(Tag.BOOL)) {
            return Scalar.Type.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Scalar.Type.NULL : Scalar.Type.TEXT;
    }

    private Place place(org.snakeyaml.engine.v2.nodes.Node node, Optional<Place> key) {
        Mark start = node.getStartMark().orElse(null);
        if (start == null) {
            return key.orElse(Place.startOf(file));
        }
        Place here = at(start);
        int length =
                node.getEndMark()
                        .filter(end -> node instanceof ScalarNode)
                        .filter(end -> end.getLine() == start.getLine())
                        .map(end -> end.getColumn() - start.getColumn())
                        .orElse(1);
        int entryColumn =
                key.filter(k -> k.line() == here.line()).map(Place::column).orElse(here.column());
        return new Place(file, here.line(), here.column(), Math.max(1, length), entryColumn);
    }

    /** The place of a character, counted in code points. */
    private Place at(int position) {
        int end = file.text().offsetByCodePoints(0, position);
        String before = file.text().substring(0, end);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new Place(file, line, column, 1, column);
    }

    private Place at(Mark mark) {
        int column = mark.getColumn() + 1;
        return new Place(file, mark.getLine() + 1, column, 1, column);
    }

    /** Ends the reading of a file that is too large, too deep or refers to itself. */
    private static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;

        TooLargeException(Place place, String message) {
            super(message, null, false, false);
            this.place = place;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
