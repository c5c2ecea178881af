package io.laneway.replay.diff.rules;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What holds at some places. In endpoint and path, {@code *} is any text; a path also names the places below it.
 * Immutable.
 *
 * @param facet empty for all
 * @param ignore whether nothing is compared there
 */
public record Rule(Pattern endpoint, Pattern path, String facet, boolean ignore, Tolerance tolerance) {

    /** A rule by its texts. */
    public static Rule of(String endpoint, String path, String facet, boolean ignore, Tolerance tolerance) {
        return new Rule(glob(endpoint, ""), glob(path, "(?:[.\\[].*)?"), facet, ignore, tolerance);
    }

    boolean matches(String endpoint, String path, String facet) {
        return (this.facet.isEmpty() || this.facet.equals(facet))
                && this.path.matcher(path).matches()
                && this.endpoint.matcher(endpoint).matches();
    }

    private static Pattern glob(String text, String below) {
        // `[*]` is the items of a list as they are written, not a pattern
        String literal = text.replace("[*]", "\u0000");
        String pattern = Arrays.stream(literal.split("\\*", -1))
                .map(part -> Arrays.stream(part.split("\u0000", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\[\\*\\]")))
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern + below, Pattern.DOTALL);
    }
}
