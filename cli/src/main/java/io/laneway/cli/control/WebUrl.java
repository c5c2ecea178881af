package io.laneway.cli.control;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads addresses that options name: {@code localhost:9090} is one to the letter, with a scheme that nothing speaks. */
final class WebUrl {

    private WebUrl() {}

    /** An address with scheme and host, null for none; {@code IllegalArgumentException} for another. */
    static @Nullable URI of(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text.strip());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // refused below, in words of ours
        }
        throw new IllegalArgumentException(option + ": " + text + " (expected: http://host:port or https://host:port)");
    }
}
