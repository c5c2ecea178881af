package io.laneway.replay.redact;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A media type with its parameters (RFC 9110, 8.3.1), lenient. Immutable. */
record MediaType(String type, String whole) {

    static MediaType of(@Nullable String value) {
        String whole = value == null ? "" : value;
        int end = whole.indexOf(';');
        return new MediaType((end < 0 ? whole : whole.substring(0, end)).strip().toLowerCase(Locale.ROOT), whole);
    }

    boolean isJson() {
        return type.endsWith("json") || type.endsWith("+json");
    }

    boolean isForm() {
        return type.equals("application/x-www-form-urlencoded");
    }

    boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    boolean isGrpc() {
        return type.startsWith("application/grpc") && !type.startsWith("application/grpc-web");
    }

    /** Whether values have numbers of fields instead of names. */
    boolean isProtobuf() {
        return type.startsWith("application/grpc") || type.contains("protobuf") || type.endsWith("+proto");
    }

    /** Whether it is for eyes and ears, whose bytes have no names of values. */
    boolean isMedia() {
        return type.startsWith("image/")
                || type.startsWith("audio/")
                || type.startsWith("video/")
                || type.startsWith("font/");
    }

    /** Whether it is text, even with a byte that is none. */
    boolean isText() {
        return isJson() || isForm() || type.startsWith("text/") || type.endsWith("xml");
    }

    /** The charset that is named, UTF-8 if none is; null if there is none of that name. */
    @Nullable
    Charset charset() {
        String name = parameter("charset");
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    @Nullable
    String parameter(String name) {
        Matcher found = Pattern.compile("(?i);\\s*" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;]+))")
                .matcher(whole);
        return found.find() ? (found.group(1) == null ? found.group(2) : found.group(1)) : null;
    }
}
