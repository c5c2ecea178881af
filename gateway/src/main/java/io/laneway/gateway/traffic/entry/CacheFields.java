package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.List;
import java.util.Locale;

/** What a response says to caches (RFC 9111) where a cookie chooses the lane. Stateless. */
public final class CacheFields {

    private static final HeaderName VARY = HeaderName.of("vary");
    private static final HeaderName REFERRER_POLICY = HeaderName.of("referrer-policy");
    private static final HeaderName CACHE_CONTROL = HeaderName.of("cache-control");

    /** By these a response may say to some caches what they obey before {@code Cache-Control} (RFC 9213). */
    private static final List<HeaderName> OTHERS =
            List.of(HeaderName.of("expires"), HeaderName.of("cdn-cache-control"), HeaderName.of("surrogate-control"));

    private CacheFields() {}

    /** Says that the response is another one for another cookie: the same path has other contents in another lane. */
    static void vary(HeaderLines response) {
        Slice value = new Slice();
        for (int line = response.find(VARY, 0); line >= 0; line = response.find(VARY, line + 1)) {
            response.value(line, value);
            if (names(value.toString(), "cookie") || names(value.toString(), "*")) {
                return;
            }
        }
        response.add(VARY, "cookie");
    }

    private static boolean names(String list, String member) {
        for (String each : list.split(",", -1)) {
            if (each.strip().equalsIgnoreCase(member)) {
                return true;
            }
        }
        return false;
    }

    /** A page whose address holds a link says no more than its host to others, ourselves included. */
    static void keepAddress(HeaderLines response) {
        response.remove(REFERRER_POLICY);
        response.add(REFERRER_POLICY, "strict-origin");
    }

    /** A response that sets a cookie is for the one who asked: no other is to be given it from a cache. */
    public static void keepToOneself(HeaderLines response) {
        Slice value = new Slice();
        boolean asItIs = false;
        for (int line = response.find(CACHE_CONTROL, 0); line >= 0; line = response.find(CACHE_CONTROL, line + 1)) {
            response.value(line, value);
            String said = value.toString().toLowerCase(Locale.ROOT);
            if (said.contains("no-store")) {
                return;
            }
            asItIs |= names(said, "no-transform");
        }
        response.remove(CACHE_CONTROL);
        OTHERS.forEach(response::remove);
        response.add(CACHE_CONTROL, asItIs ? "private, no-cache, no-transform" : "private, no-cache");
    }
}
