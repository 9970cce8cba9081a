package io.nomnom.transform;

import io.nomnom.transform.Transform.ArgumentKind;
import io.nomnom.transform.Transform.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies, choices and names of values. */
final class ValueTransforms {
    private static final Map<String, String> NAMESPACES =
            Map.of(
                    "dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                    "url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
                    "oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
                    "x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8");

    private ValueTransforms() {}

    static List<Transform> all() {
        return List.of(
                copy("copy_field", "The input as it is."),
                copy("copy_from_parent", "The input as it is: a field of the parent."),
                copy("copy_from_context", "The input as it is: a field of any ancestor."),
                Transform.named("copy_field_conditional")
                        .doc("The value where the condition equals a constant, else null.")
                        .input("value", Kind.SAME)
                        .input("condition", Kind.ANY)
                        .takesNull()
                        .needs("equals", ArgumentKind.SCALAR, "What the condition must be.")
                        .gives(Kind.SAME)
                        .example("[\"42\", \"PAID\"]", "{\"equals\": \"PAID\"}", "\"42\"")
                        .by((in, args) -> {
                            Object asked = in.at(1);
                            boolean holds =
                                    asked != null && Plain.text(asked).equals(args.text("equals"));
                            return holds ? in.at(0) : null;
                        }),
                Transform.named("coalesce")
                        .doc("The first input that is not null.")
                        .input("values", Kind.SAME)
                        .repeated()
                        .takesNull()
                        .gives(Kind.SAME)
                        .example("[null, \"b\", \"c\"]", "{}", "\"b\"")
                        .by((in, args) ->
                                in.values().stream()
                                        .filter(Objects::nonNull)
                                        .findFirst()
                                        .orElse(null)),
                Transform.named("default_if_empty")
                        .doc("The input, or a constant where it is null or an empty text.")
                        .input("value", Kind.SAME)
                        .takesNull()
                        .needs("default", ArgumentKind.SCALAR, "The constant.", "value")
                        .gives(Kind.SAME)
                        .example("[\"\"]", "{\"default\": \"none\"}", "\"none\"")
                        .by((in, args) -> {
                            Object value = in.at(0);
                            return value == null || value.equals("")
                                    ? args.value("default")
                                    : value;
                        }),
                Transform.named("constant")
                        .doc("A constant.")
                        .needs("value", ArgumentKind.SCALAR, "The constant.")
                        .gives(Kind.ANY)
                        .example("[]", "{\"value\": \"EUR\"}", "\"EUR\"")
                        .by((in, args) -> args.value("value")),
                Transform.named("map_value")
                        .doc(
                                "What a mapping has for the value; it fails where it has nothing and there is no default.")
                        .input("value", Kind.ANY)
                        .needs("map", ArgumentKind.MAP, "From values to results.", "mapping")
                        .may("default", ArgumentKind.SCALAR, null, "For all other values.")
                        .gives(Kind.ANY)
                        .example(
                                "[\"F\"]",
                                "{\"map\": {\"O\": \"open\", \"F\": \"fulfilled\"}}",
                                "\"fulfilled\"")
                        .by((in, args) -> mapped(in.first(), args)),
                Transform.named("hash_sha256")
                        .doc("The SHA-256 of a text's UTF-8 bytes in hexadecimal digits.")
                        .input("text", Kind.STRING)
                        .example(
                                "[\"abc\"]",
                                "{}",
                                "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")
                        .by((in, args) ->
                                HexFormat.of()
                                        .formatHex(
                                                digest(
                                                        "SHA-256",
                                                        in.text()
                                                                .getBytes(
                                                                        StandardCharsets.UTF_8)))),
                Transform.named("uuid_v5")
                        .doc("The UUID of version 5 (RFC 9562) of a name in a name space.")
                        .input("text", Kind.STRING)
                        .may(
                                "namespace",
                                ArgumentKind.TEXT,
                                "url",
                                "dns, url, oid, x500 or a UUID.")
                        .example(
                                "[\"www.example.com\"]",
                                "{\"namespace\": \"dns\"}",
                                "\"2ed6657d-e927-568b-95e1-2665a8aea6a2\"")
                        .bound(ValueTransforms::uuid));
    }

    private static Transform copy(String name, String doc) {
        return Transform.named(name)
                .doc(doc)
                .input("value", Kind.SAME)
                .gives(Kind.SAME)
                .example("[42]", "{}", "42")
                .by((in, args) -> in.at(0));
    }

    private static @Nullable Object mapped(Object value, Transform.Arguments args) {
        Map<String, Object> map = args.map("map");
        String key = Plain.text(value);
        if (map.containsKey(key)) {
            return map.get(key);
        }
        if (args.has("default")) {
            return args.value("default");
        }
        throw new TransformException("the mapping has nothing for this value, and no default");
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Transform.Call uuid(Transform.Arguments args) {
        String text = args.text("namespace");
        UUID namespace;
        try {
            namespace = UUID.fromString(NAMESPACES.getOrDefault(text, text));
        } catch (IllegalArgumentException fault) {
            throw new IllegalArgumentException("namespace is dns, url, oid, x500 or a UUID", fault);
        }
        byte[] space =
                java.nio.ByteBuffer.allocate(16)
                        .putLong(namespace.getMostSignificantBits())
                        .putLong(namespace.getLeastSignificantBits())
                        .array();
        return in -> {
            byte[] name = in.text().getBytes(StandardCharsets.UTF_8);
            var hash = java.nio.ByteBuffer.wrap(digest("SHA-1", space, name));
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low).toString();
        };
    }
}
