package io.laneway.router.model.replay;

import io.laneway.router.model.recording.Redaction;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a response gives a value, or a request has it. Immutable.
 *
 * @param text a name, a path of JSON, or a path with the segment <code>{value}</code>
 */
public record ValuePlace(Kind kind, String text) {

    /** What a place is in. */
    public enum Kind {
        /** A header, which is metadata of gRPC as well; of a response also a trailer. */
        HEADER,
        COOKIE,
        /** A text or number of a body. */
        JSON,
        /** A segment of the path in the header of that name. */
        LOCATION,
        /** A parameter. */
        QUERY,
        /** A segment. */
        PATH,
        /** A field of a form. */
        FORM;

        /** As documents have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LONGEST = 1_000;
    private static final Pattern TEMPLATE = Pattern.compile("[^?#]*/\\{value\\}(?:[/*][^?#]*)?");

    public ValuePlace {
        String word = kind.word();
        TextLengths.require(word, text, LONGEST);
        if (kind == Kind.JSON && !Redaction.isPath(text)) {
            throw new IllegalArgumentException(word + ": " + text + " (expected: a path such as $.order.id)");
        }
        boolean template = kind == Kind.PATH || kind == Kind.LOCATION;
        if (template && !TEMPLATE.matcher(text).matches()) {
            throw new IllegalArgumentException(word + ": " + text
                    + " (expected: a path with a segment {value}, such as /orders/{value}/lines; * is any text)");
        }
    }
}
