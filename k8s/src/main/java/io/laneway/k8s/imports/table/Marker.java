package io.laneway.k8s.imports.table;

/** A place where a rule looks for a lane, and the value that it looks for. Immutable. */
public record Marker(Kind kind, String name, String value) {

    /** The places. */
    public enum Kind {
        HEADER("header"),
        QUERY("query"),
        COOKIE("cookie");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** The place alone, such as {@code header:x-env}. */
    public String place() {
        return kind.word + ":" + name;
    }
}
