package io.laneway.gateway.runtime.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How browsers come into a lane and out of it on an external listener. Immutable. docs/how-to/browser.md.
 *
 * @param cookie      whether a link that names a lane sets the lane's cookie
 * @param maxAge      how long a browser keeps the cookie; null until it is closed
 * @param domain      the domain whose hosts share the cookie; null for the one host that was asked
 * @param partitioned whether frames within pages of other sites have a cookie of their own, over TLS
 * @param badge       whether {@code /.well-known/laneway} shows the lane
 */
public record EntryConfig(
        boolean cookie, @Nullable Duration maxAge, @Nullable String domain, boolean partitioned, boolean badge) {

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    public EntryConfig {
        if (domain != null && !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "domain: " + domain + " (expected: a domain in lower case such as example.com)");
        }
        if (maxAge != null && (maxAge.isNegative() || maxAge.toSeconds() == 0)) {
            throw new IllegalArgumentException("maxAge: " + maxAge + " (expected: >= 1s)");
        }
    }

    /** A cookie until the browser is closed, of the one host; no page. */
    public static final EntryConfig COOKIE = new EntryConfig(true, null, null, false, false);
}
