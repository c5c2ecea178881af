package io.laneway.router.document.tree;

/**
 * A text, number, boolean or null. Immutable.
 *
 * @param text   as written, without quotes and with escapes resolved
 * @param quoted whether quotes (or a block style) make it a text whatever it looks like
 */
public record Scalar(Location location, Kind kind, String text, boolean quoted) implements Node {

    private static final int SHOWN = 80;

    /** The types, those of YAML's core schema and of JSON. */
    public enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }

    @Override
    public String described() {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return switch (kind) {
            case TEXT -> "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
            case INTEGER, DECIMAL -> "the number " + shown;
            case BOOLEAN -> "the boolean " + shown;
            case NULL -> text.isEmpty() ? "no value" : "null";
        };
    }
}
