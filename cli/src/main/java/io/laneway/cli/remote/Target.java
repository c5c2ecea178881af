package io.laneway.cli.remote;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A control API and how to show who calls it. Immutable; null for what is not said.
 *
 * @param control     such as {@code https://laneway.example.com:9900}, a path in front of {@code /v1} included
 * @param token       a bearer token
 * @param tokenFile   a file with one
 * @param ca          certificates (PEM) to trust; the system's if null
 * @param certificate a client certificate (PEM), with its key
 */
record Target(
        @Nullable URI control,
        @Nullable String token,
        @Nullable Path tokenFile,
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key) {

    /** Where {@code laneway control} and {@code laneway demo} listen. */
    static final URI DEFAULT = URI.create("http://127.0.0.1:9900");

    static final Target NONE = new Target(null, null, null, null, null, null);

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none
     */
    static URI uri(String text) {
        try {
            URI uri = new URI(text.strip());
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // refused below, in words of ours
        }
        throw new IllegalArgumentException(text + " (expected: http://host:port or https://host:port)");
    }

    /** The bearer token, read from its file if it is in one; null for none. */
    @Nullable
    String bearer() {
        if (tokenFile == null) {
            return token == null || token.isBlank() ? null : token.strip();
        }
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new CommandFailed(tokenFile + ": cannot be read (expected: a file with a bearer token)");
        }
    }
}
