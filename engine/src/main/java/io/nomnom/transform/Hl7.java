package io.nomnom.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message or segment of HL7 version 2 in the ER7 encoding (HL7 v2.5.1, chapter 2): segments end
 * with a carriage return or line feed, the separators are those of MSH, or the usual ones.
 */
record Hl7(String text) {
    private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n|\\r|\\n");

    /**
     * A place in a segment; counts are from 1, 0 for the whole.
     *
     * @param repetition which of the field's repetitions
     */
    record Path(String segment, int field, int repetition, int component, int subcomponent) {
        private static final Pattern FORM =
                Pattern.compile(
                        "([A-Z][A-Z0-9]{2})[.-](\\d{1,3})(?:\\[(\\d{1,3})\\])?(?:[.-](\\d{1,3}))?(?:[.-](\\d{1,3}))?");

        static Path of(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || form.group(2).matches("0+")) {
                throw new IllegalArgumentException(
                        "'%s' is not a place such as PID.5, DG1.3.1 or PID.3[2].1".formatted(text));
            }
            return new Path(
                    form.group(1),
                    Integer.parseInt(form.group(2)),
                    number(form.group(3), 1),
                    number(form.group(4), 0),
                    number(form.group(5), 0));
        }

        private static int number(@Nullable String digits, int otherwise) {
            return digits == null ? otherwise : Integer.parseInt(digits);
        }
    }

    /** All segments with the name, as they are. */
    List<String> segments(String name) {
        List<String> found = new ArrayList<>();
        for (String line : LINE_ENDS.split(text, -1)) {
            String segment = line.strip();
            boolean longer = segment.length() > 3 && !Character.isLetterOrDigit(segment.charAt(3));
            if (segment.equals(name) || (segment.startsWith(name) && longer)) {
                found.add(segment);
            }
        }
        return found;
    }

    /** What stands in a place; null where nothing does. */
    @Nullable String value(Path path) {
        List<String> segments = segments(path.segment());
        if (segments.isEmpty()) {
            return null;
        }
        String segment = segments.getFirst();
        if (segment.length() < 4) {
            return null;
        }
        String header = header();
        char fieldMark = segment.charAt(3);
        int field = path.field();
        if (path.segment().equals("MSH")) {
            if (field == 1) {
                return String.valueOf(fieldMark);
            }
            field--;
        }
        String whole = part(segment, fieldMark, field + 1);
        if (whole == null || (path.segment().equals("MSH") && field == 1)) {
            return whole;
        }
        String value = part(whole, header.charAt(1), path.repetition());
        if (path.component() > 0) {
            value = part(value, header.charAt(0), path.component());
        }
        if (path.subcomponent() > 0) {
            value = part(value, header.charAt(3), path.subcomponent());
        }
        return value == null || value.isEmpty() || value.equals("\"\"")
                ? null
                : unescape(value, header, fieldMark);
    }

    /** The marks of components, repetitions, escapes and subcomponents. */
    private String header() {
        boolean own = text.startsWith("MSH") && text.length() >= 8;
        return own ? text.substring(4, 8) : "^~\\&";
    }

    private static @Nullable String part(@Nullable String text, char mark, int number) {
        if (text == null) {
            return null;
        }
        int start = 0;
        for (int i = 1; i < number; i++) {
            start = text.indexOf(mark, start) + 1;
            if (start == 0) {
                return null;
            }
        }
        int end = text.indexOf(mark, start);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }

    private static String unescape(String value, String header, char fieldMark) {
        char escape = header.charAt(2);
        if (value.indexOf(escape) < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            int end = value.charAt(at) == escape ? value.indexOf(escape, at + 1) : -1;
            String meant = end < 0 ? null : meant(value.substring(at + 1, end), header, fieldMark);
            if (meant == null) {
                plain.append(value.charAt(at++));
            } else {
                plain.append(meant);
                at = end + 1;
            }
        }
        return plain.toString();
    }

    private static @Nullable String meant(String code, String header, char fieldMark) {
        return switch (code) {
            case "F" -> String.valueOf(fieldMark);
            case "S" -> header.substring(0, 1);
            case "R" -> header.substring(1, 2);
            case "E" -> header.substring(2, 3);
            case "T" -> header.substring(3, 4);
            case ".br" -> "\n";
            default -> null;
        };
    }
}
