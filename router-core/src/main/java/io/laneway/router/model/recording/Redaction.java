package io.laneway.router.model.recording;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What becomes a pseudonym in a recording beyond what always does. Immutable.
 *
 * @param headers names of headers, trailers and gRPC metadata
 * @param query   names of query parameters
 * @param form    names of fields of forms
 * @param json    paths such as {@code $.user.ssn} or {@code $..card}
 * @param keep    names that only look as if they were secrets
 */
public record Redaction(
        List<String> headers, List<String> query, List<String> form, List<String> json, List<String> keep) {

    /** Nothing beyond what always does. */
    public static final Redaction DEFAULT = new Redaction(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Longer paths are refused. */
    private static final int LONGEST_PATH = 1000;

    /** Members by name or in brackets, items by number or all, and {@code ..} for any depth. */
    private static final Pattern PATH = Pattern.compile(
            "\\$(?:\\.{0,2}\\[(?>'.*?'\\]|\".*?\"\\]|[^'\"\\]][^\\]]*\\])|\\.{1,2}[^.\\[]+)+", Pattern.DOTALL);

    public Redaction {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        form = List.copyOf(form);
        json = List.copyOf(json);
        keep = List.copyOf(keep);
        for (String path : json) {
            if (!isPath(path)) {
                throw new IllegalArgumentException(
                        "json: " + path + " (expected: a path such as $.user.ssn, $..card or $.items[*].iban, at most "
                                + LONGEST_PATH + " characters)");
            }
        }
    }

    /** Whether a text is a path of JSON such as {@code $.user.ssn}. */
    public static boolean isPath(String text) {
        return text.length() <= LONGEST_PATH && PATH.matcher(text).matches();
    }
}
