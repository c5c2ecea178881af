package io.laneway.transcode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of {@code google.api.http}, such as <code>/v1/{name=shelves/&#42;}:move</code>. Immutable.
 *
 * @param segments  texts, {@code *} for one segment, at the end {@code **} for any number
 * @param verb      behind the last colon, empty for none
 * @param variables what parts of the path are fields
 */
record PathTemplate(List<String> segments, String verb, List<Variable> variables) {

    static final String ONE = "*";
    static final String ANY = "**";

    /**
     * A part of a path that is a field.
     *
     * @param field its path, such as {@code shelf.name}
     * @param from  its first segment
     * @param to    behind its last
     */
    record Variable(String field, int from, int to) {}

    PathTemplate {
        segments = List.copyOf(segments);
        variables = List.copyOf(variables);
    }

    /** @throws IllegalArgumentException if it is malformed */
    static PathTemplate of(String text) {
        Parsing parsing = new Parsing(text);
        if (!text.startsWith("/")) {
            throw parsing.malformed("a path that starts with /");
        }
        parsing.segments(0);
        String verb = parsing.at < text.length() ? text.substring(parsing.at + 1) : "";
        int any = parsing.segments.indexOf(ANY);
        if (any >= 0 && any < parsing.segments.size() - 1) {
            throw parsing.malformed("** at the end");
        }
        return new PathTemplate(parsing.segments, verb, parsing.variables);
    }

    /** One text that is read. Confined to one thread. */
    private static final class Parsing {

        private final String text;
        private final List<String> segments = new ArrayList<>();
        private final List<Variable> variables = new ArrayList<>();
        private int at;

        Parsing(String text) {
            this.text = text;
        }

        IllegalArgumentException malformed(String expected) {
            return new IllegalArgumentException("path template " + text + " (expected: " + expected + ")");
        }

        /** Reads segments, each behind a slash at the top, up to a verb or, in braces, their end. */
        void segments(int depth) {
            if (depth == 0) {
                at++;
            }
            segment(depth);
            while (at < text.length() && text.charAt(at) == '/') {
                at++;
                segment(depth);
            }
            char next = at < text.length() ? text.charAt(at) : 0;
            if (depth == 0 ? next != 0 && next != ':' : next != '}') {
                throw malformed("segments, then :verb");
            }
        }

        private void segment(int depth) {
            if (at < text.length() && text.charAt(at) == '{') {
                if (depth > 0) {
                    throw malformed("no braces in braces");
                }
                variable();
                return;
            }
            int start = at;
            while (at < text.length() && "/:{}=".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at == start) {
                throw malformed("no empty segment");
            }
            segments.add(text.substring(start, at));
        }

        private void variable() {
            int end = text.indexOf('}', at);
            int equals = text.indexOf('=', at);
            if (end < 0) {
                throw malformed("a closing brace");
            }
            boolean pattern = equals >= 0 && equals < end;
            String field = text.substring(at + 1, pattern ? equals : end);
            int from = segments.size();
            if (pattern) {
                at = equals + 1;
                segments(1);
            } else {
                segments.add(ONE);
                at = end;
            }
            at++;
            if (field.isEmpty()) {
                throw malformed("a field in braces");
            }
            variables.add(new Variable(field, from, segments.size()));
        }
    }

    /** The values of the variables in a path of these segments, as they came; null if it is of another form. */
    @Nullable
    List<String> match(List<String> path) {
        int fixed = segments.size();
        boolean any = fixed > 0 && segments.get(fixed - 1).equals(ANY);
        if (any ? path.size() < fixed - 1 : path.size() != fixed) {
            return null;
        }
        for (int i = 0; i < (any ? fixed - 1 : fixed); i++) {
            String segment = segments.get(i);
            if (segment.equals(ONE) ? path.get(i).isEmpty() : !segment.equals(Percent.decode(path.get(i), true))) {
                return null;
            }
        }
        List<String> values = new ArrayList<>(variables.size());
        for (Variable variable : variables) {
            int to = any && variable.to() == fixed ? path.size() : variable.to();
            String raw = String.join("/", path.subList(Math.min(variable.from(), to), to));
            boolean several = variable.to() - variable.from() > 1 || (any && variable.to() == fixed);
            values.add(Percent.decode(raw, !several));
        }
        return values;
    }

    /** Which of two templates is asked first: texts before {@code *}, that before {@code **}. */
    int compare(PathTemplate other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            int rank = Integer.compare(rank(segments.get(i)), rank(other.segments.get(i)));
            if (rank != 0) {
                return rank;
            }
        }
        return Integer.compare(other.segments.size(), segments.size());
    }

    private static int rank(String segment) {
        return segment.equals(ANY) ? 2 : segment.equals(ONE) ? 1 : 0;
    }
}
