package io.laneway.gateway.upstream.policy;

import io.laneway.router.policy.Sticky;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Session affinity of a service, compiled. Immutable. */
public final class SessionRule {

    private final byte[] name;
    private final String attributes;

    private SessionRule(Sticky sticky) {
        Duration ttl = sticky.ttl();
        this.name = sticky.cookie().getBytes(StandardCharsets.ISO_8859_1);
        this.attributes = "; Path=/; SameSite=Lax; HttpOnly" + (ttl == null ? "" : "; Max-Age=" + ttl.toSeconds());
    }

    static @Nullable SessionRule of(@Nullable Sticky sticky) {
        return sticky == null ? null : new SessionRule(sticky);
    }

    /** The name of the cookie; not to be changed. */
    public byte[] name() {
        return name;
    }

    /** What is written behind the cookie's value (RFC 6265). */
    public String attributes() {
        return attributes;
    }
}
