package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;

/** The body of a reply of the gateway's own, and what its head says of it. Confined to one event loop. */
final class ReplyForm {

    private static final HeaderName VARY = HeaderName.of("vary");
    private static final HeaderName NO_SNIFF = HeaderName.of("x-content-type-options");
    private static final HeaderName CACHE_CONTROL = HeaderName.of("cache-control");

    private final byte[] body;
    private final boolean page;
    private final boolean byAccept;

    private ReplyForm(byte[] body, boolean page, boolean byAccept) {
        this.body = body;
        this.page = page;
        this.byAccept = byAccept;
    }

    /** A page; other clients get a problem document. */
    static ReplyForm page(byte[] body) {
        return new ReplyForm(body, true, true);
    }

    /**
     * A problem document.
     *
     * @param byAccept whether other clients get a page
     */
    static ReplyForm problem(byte[] body, boolean byAccept) {
        return new ReplyForm(body, false, byAccept);
    }

    /** Not to be changed. */
    byte[] body() {
        return body;
    }

    void describe(HeaderLines lines) {
        lines.add(Field.CONTENT_TYPE.header(), page ? "text/html; charset=utf-8" : "application/problem+json");
        if (byAccept) {
            lines.add(VARY, "accept");
        }
        if (page) {
            lines.add(NO_SNIFF, "nosniff");
            lines.add(CACHE_CONTROL, "no-store");
        }
    }
}
