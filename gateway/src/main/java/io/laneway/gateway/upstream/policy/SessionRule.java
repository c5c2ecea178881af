package io.laneway.gateway.upstream.policy;

import io.laneway.router.policy.Sticky;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Session affinity of a service, compiled. Immutable.
 *
 * @param name       of the cookie; not to be changed
 * @param attributes what is written behind the cookie's value (RFC 6265)
 */
public record SessionRule(byte[] name, String attributes) {

    static @Nullable SessionRule of(@Nullable Sticky sticky) {
        if (sticky == null) {
            return null;
        }
        Duration ttl = sticky.ttl();
        String age = ttl == null ? "" : "; Max-Age=" + ttl.toSeconds();
        return new SessionRule(
                sticky.cookie().getBytes(StandardCharsets.ISO_8859_1), "; Path=/; SameSite=Lax; HttpOnly" + age);
    }
}
