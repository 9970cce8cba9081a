package io.nomnom.transform;

import io.nomnom.transform.Transform.ArgumentKind;
import io.nomnom.transform.Transform.Kind;
import java.util.List;

/** Segments and fields of HL7 version 2 messages in the ER7 encoding. */
final class Hl7Transforms {
    private static final String ADT =
            "\"MSH|^~\\\\&|A\\rPID|1||42||Doe^Jane\\rDG1|1||I10^Hypertension\\rDG1|2||E11^Diabetes\"";

    private Hl7Transforms() {}

    static List<Transform> all() {
        return List.of(
                Transform.named("extract_segments")
                        .doc("All segments of a name as a list of texts.")
                        .input("text", Kind.STRING)
                        .needs(
                                "segment",
                                ArgumentKind.TEXT,
                                "The segment's name, such as DG1.",
                                "segment_type",
                                "name")
                        .gives(Kind.LIST)
                        .example(
                                "[" + ADT + "]",
                                "{\"segment\": \"DG1\"}",
                                "[\"DG1|1||I10^Hypertension\", \"DG1|2||E11^Diabetes\"]")
                        .bound(args -> {
                            String name = name(args);
                            return in -> new Hl7(in.text()).segments(name);
                        }),
                Transform.named("extract_segment")
                        .doc("One segment of a name, or null where there is none.")
                        .input("text", Kind.STRING)
                        .needs(
                                "segment",
                                ArgumentKind.TEXT,
                                "The segment's name, such as PID.",
                                "segment_type",
                                "name")
                        .may("index", ArgumentKind.COUNT, 0L, "Which of several, from 0.")
                        .example(
                                "[" + ADT + "]",
                                "{\"segment\": \"DG1\", \"index\": 1}",
                                "\"DG1|2||E11^Diabetes\"")
                        .bound(args -> {
                            String name = name(args);
                            int index = args.count("index");
                            return in -> {
                                List<String> found = new Hl7(in.text()).segments(name);
                                return index < found.size() ? found.get(index) : null;
                            };
                        }),
                Transform.named("extract_from_hl7_segment")
                        .doc(
                                "A field, component or subcomponent of a segment, or of the first such segment of a message; null where it is empty.")
                        .input("text", Kind.STRING)
                        .needs(
                                "field",
                                ArgumentKind.TEXT,
                                "Such as PID.5, DG1.3.1 or PID.3[2].1; counts are HL7's, from 1.",
                                "path",
                                "field_path",
                                "segment_field")
                        .example(
                                "[\"DG1|1||I10^Hypertension\"]",
                                "{\"field\": \"DG1.3.1\"}",
                                "\"I10\"")
                        .bound(args -> {
                            Hl7.Path path = Hl7.Path.of(args.text("field"));
                            return in -> new Hl7(in.text()).value(path);
                        }));
    }

    private static String name(Transform.Arguments args) {
        String name = args.text("segment");
        if (!name.matches("[A-Z][A-Z0-9]{2}")) {
            throw new IllegalArgumentException("a segment's name is three capitals, such as DG1");
        }
        return name;
    }
}
