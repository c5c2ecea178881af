package io.laneway.gateway.traffic.link;

import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * Whether a request is for a page whose address the browser then shows (Fetch Metadata Request Headers, sections 2.1 and
 * 2.2). Stateless.
 */
final class Navigation {

    private static final HeaderName MODE = HeaderName.of("sec-fetch-mode");
    private static final HeaderName DESTINATION = HeaderName.of("sec-fetch-dest");
    private static final HeaderName ACCEPT = HeaderName.of("accept");

    private Navigation() {}

    /** @param framed whether frames within other sites' pages keep cookies, so that they may be redirected as well */
    static boolean is(RequestHead head, boolean framed) {
        if (head.method() != Method.GET || head.upgrade()) {
            return false;
        }
        Slice value = new Slice();
        if (head.header(MODE, value)) {
            return "navigate".contentEquals(value)
                    && head.header(DESTINATION, value)
                    && (framed || "document".contentEquals(value));
        }
        // browsers send neither in the clear, but for the very machine
        return head.header(ACCEPT, value) && value.toString().contains("text/html");
    }
}
