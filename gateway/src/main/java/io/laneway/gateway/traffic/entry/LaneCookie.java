package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.link.LaneLink;
import io.laneway.router.request.Authority;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that keeps a browser in a lane (RFC 6265). Its value is a slug, and that of a signed link's key has no other
 * characters than base64url and dots, so nothing of it needs to be escaped. Confined
 * to one event loop.
 *
 * <p>A frame within another site's page sends only cookies without a bound to one site, and browsers take such a one over
 * TLS alone; they keep it apart for each site around it.
 */
final class LaneCookie {

    private static final byte[] KEY = LaneLink.NAME.getBytes(StandardCharsets.US_ASCII);
    private static final HeaderName SET_COOKIE = HeaderName.of("set-cookie");

    private final EntryConfig config;
    private final Slice host = new Slice();

    LaneCookie(EntryConfig config) {
        this.config = config;
    }

    /** Has the browser keep it. */
    void set(byte[] name, String lane, OriginalRequest original, HeaderLines into) {
        Duration age = config.maxAge();
        add(name, lane, original.secure(), domain(original), age == null ? -1 : age.toSeconds(), into);
    }

    /** Has the browser keep the lane of a signed link, and its key, until the link ends at the latest. */
    void set(byte[] name, LaneLink link, OriginalRequest original, HeaderLines into, long now) {
        long left = Math.max(0, link.end() - TimeUnit.MILLISECONDS.toSeconds(now));
        Duration age = config.maxAge();
        long seconds = age == null ? left : Math.min(left, age.toSeconds());
        String domain = domain(original);
        add(name, link.lane(), original.secure(), domain, seconds, into);
        add(KEY, link.toString(), original.secure(), domain, seconds, into);
    }

    /** Has the browser forget it, also one of the host alone that was set before there was a domain. */
    void remove(byte[] name, OriginalRequest original, HeaderLines into) {
        String domain = domain(original);
        add(name, "", original.secure(), domain, 0, into);
        if (domain != null) {
            add(name, "", original.secure(), null, 0, into);
        }
    }

    private void add(byte[] name, String value, boolean secure, @Nullable String domain, long age, HeaderLines into) {
        boolean partitioned = config.partitioned() && secure;
        int start = into.begin(SET_COOKIE);
        into.append(name, 0, name.length);
        into.text("=");
        into.text(value);
        into.text(partitioned ? "; Path=/; SameSite=None; HttpOnly" : "; Path=/; SameSite=Lax; HttpOnly");
        if (secure) {
            into.text("; Secure");
        }
        if (age >= 0) {
            into.text("; Max-Age=");
            into.text(Long.toString(age));
        }
        if (domain != null) {
            into.text("; Domain=");
            into.text(domain);
        }
        if (partitioned) {
            into.text("; Partitioned");
        }
        into.finish(start, SET_COOKIE.bytes().length);
    }

    /** The domain, if the host that was asked is in it: browsers refuse the cookie of another. */
    private @Nullable String domain(OriginalRequest original) {
        String domain = config.domain();
        if (domain == null) {
            return null;
        }
        Authority.host(original.host(), host);
        String asked = host.toString().toLowerCase(Locale.ROOT);
        return asked.equals(domain) || asked.endsWith("." + domain) ? domain : null;
    }
}
