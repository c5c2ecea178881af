package io.laneway.router.policy;

import io.laneway.router.unit.ByteSize;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which responses of a service the gateway compresses for clients that take it. Immutable.
 *
 * @param types   media types, each maybe with one {@code *} in its subtype
 * @param minSize a response whose length is said and below is left as it is
 */
public record Compression(List<String> types, ByteSize minSize) {

    /** Types of text; what is compressed by itself, such as images, would only cost time. */
    public static final List<String> TYPES = List.of(
            "text/*",
            "application/json",
            "application/*+json",
            "application/javascript",
            "application/xml",
            "application/*+xml",
            "application/wasm",
            "image/svg+xml");

    /** Below, the frame of gzip and the time weigh more than what is saved. */
    public static final ByteSize MIN_SIZE = new ByteSize(1024);

    private static final Pattern TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]*\\*?[a-z0-9!#$&^_.+-]*");

    public Compression {
        types = List.copyOf(types);
        Objects.requireNonNull(minSize, "minSize");
        if (types.isEmpty()) {
            throw new IllegalArgumentException("types: [] (expected: at least one)");
        }
        for (String type : types) {
            if (!TYPE.matcher(type).matches() || type.endsWith("/")) {
                throw new IllegalArgumentException(
                        "types: " + type + " (expected: a media type in lower case such as text/html, text/* or"
                                + " application/*+json)");
            }
        }
    }
}
