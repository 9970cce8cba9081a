package io.nomnom.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes YAML: mappings of single values on one line, others as blocks; scalars as they were. */
public final class YamlText {
    /** YAML's null. */
    public static final Object NULL = new Object();

    private YamlText() {}

    /** Documents with {@code ---} between them. */
    public static String documents(List<Block> documents) {
        List<String> texts = new ArrayList<>();
        for (Block document : documents) {
            StringBuilder text = new StringBuilder();
            DumpSettings settings =
                    DumpSettings.builder()
                            .setDefaultFlowStyle(FlowStyle.BLOCK)
                            .setWidth(150)
                            .setIndent(2)
                            .setIndicatorIndent(2)
                            .setIndentWithIndicator(true)
                            .setSplitLines(false)
                            .build();
            new Dump(settings)
                    .dumpNode(
                            mapping(document.entries, true),
                            new StreamDataWriter() {
                                @Override
                                public void write(String part) {
                                    text.append(part);
                                }

                                @Override
                                public void write(String part, int offset, int length) {
                                    text.append(part, offset, offset + length);
                                }
                            });
            texts.add(text.toString());
        }
        return String.join("---\n", texts);
    }

    /** A mapping in the order of its entries. */
    public static final class Block {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        /** Adds an entry; null and empty lists are left out. */
        public Block put(String key, @Nullable Object value) {
            if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
                entries.put(key, value);
            }
            return this;
        }

        /** Adds a list, also where it is empty. */
        public Block list(String key, List<?> items) {
            entries.put(key, items);
            return this;
        }

        /** Adds a flag where it differs from what holds without it. */
        public void flag(String key, boolean value, boolean otherwise) {
            if (value != otherwise) {
                entries.put(key, value);
            }
        }

        /** This, or null where it has no entries. */
        public @Nullable Block orNull() {
            return entries.isEmpty() ? null : this;
        }
    }

    private static org.snakeyaml.engine.v2.nodes.Node node(Object value) {
        return switch (value) {
            case Block block -> mapping(block.entries, false);
            case List<?> items -> sequence(items);
            case Boolean flag -> plain(Tag.BOOL, flag.toString());
            case Integer number -> plain(Tag.INT, number.toString());
            case BigDecimal number ->
                    plain(number.scale() > 0 ? Tag.FLOAT : Tag.INT, number.toPlainString());
            case Node.Scalar scalar ->
                    switch (scalar.type()) {
                        case TEXT -> plain(Tag.STR, scalar.text());
                        case INTEGER -> plain(Tag.INT, scalar.text());
                        case FLOAT -> plain(Tag.FLOAT, scalar.text());
                        case BOOLEAN -> plain(Tag.BOOL, scalar.text());
                        case NULL -> plain(Tag.NULL, "null");
                    };
            case Node.Sequence sequence -> sequence(sequence.items());
            case Node.Mapping mapping -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                mapping.entries().forEach(entry -> entries.put(entry.key(), entry.value()));
                yield mapping(entries, false);
            }
            default -> value.equals(NULL) ? plain(Tag.NULL, "~") : plain(Tag.STR, value.toString());
        };
    }

    private static ScalarNode plain(Tag tag, String text) {
        return new ScalarNode(tag, text, ScalarStyle.PLAIN);
    }

    private static SequenceNode sequence(List<?> items) {
        List<org.snakeyaml.engine.v2.nodes.Node> nodes = new ArrayList<>();
        for (Object item : items) {
            if (item != null) {
                nodes.add(node(item));
            }
        }
        boolean scalars = nodes.stream().allMatch(ScalarNode.class::isInstance);
        return new SequenceNode(Tag.SEQ, nodes, scalars ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    private static MappingNode mapping(Map<String, Object> entries, boolean whole) {
        List<NodeTuple> tuples = new ArrayList<>();
        entries.forEach(
                (key, value) -> tuples.add(new NodeTuple(plain(Tag.STR, key), node(value))));
        boolean small = tuples.stream().allMatch(tuple -> isFlow(tuple.getValueNode()));
        return new MappingNode(Tag.MAP, tuples, small && !whole ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    private static boolean isFlow(org.snakeyaml.engine.v2.nodes.Node node) {
        return switch (node) {
            case ScalarNode ignored -> true;
            case SequenceNode sequence -> sequence.getFlowStyle() == FlowStyle.FLOW;
            case MappingNode mapping -> mapping.getFlowStyle() == FlowStyle.FLOW;
            default -> false;
        };
    }
}
