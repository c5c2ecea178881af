package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * Whether a page of the very same origin sent a request, by what browsers say and no script can change (Fetch Metadata
 * Request Headers, section 2.3; RFC 6454). Stateless.
 */
public final class SameOrigin {

    private static final HeaderName SITE = HeaderName.of("sec-fetch-site");
    private static final HeaderName ORIGIN = HeaderName.of("origin");

    private SameOrigin() {}

    /** False also for a request that does not say where it comes from. */
    public static boolean is(RequestHead head, OriginalRequest original) {
        Slice value = new Slice();
        if (head.header(SITE, value)) {
            return "same-origin".contentEquals(value);
        }
        String own = (original.secure() ? "https://" : "http://") + original.host();
        return head.header(ORIGIN, value) && own.equalsIgnoreCase(value.toString());
    }
}
