package io.laneway.gateway.upstream;

import io.laneway.gateway.head.RequestHead;
import io.laneway.router.model.Protocol;

/** What a connection to an endpoint speaks. */
@SuppressWarnings("EnumOrdinal") // an index, nothing that lasts
enum Wire {
    HTTP1(false, 1),
    HTTP2(true, 100),
    HTTP1_TLS(false, 1),
    HTTP2_TLS(true, 100);

    static final int COUNT = values().length;

    private final boolean multiplexed;
    private final int streams;

    Wire(boolean multiplexed, int streams) {
        this.multiplexed = multiplexed;
        this.streams = streams;
    }

    /**
     * What a deployment's port is spoken to with; {@code auto} follows the request as its connection began, upgrades go by
     * HTTP/1.1.
     */
    static Wire of(Protocol protocol, RequestHead head) {
        return switch (protocol) {
            case HTTP1 -> HTTP1;
            case H2C -> HTTP2;
            case HTTPS -> HTTP1_TLS;
            case H2 -> HTTP2_TLS;
            case AUTO -> followsHttp2(head) ? HTTP2 : HTTP1;
        };
    }

    private static boolean followsHttp2(RequestHead head) {
        return head.version() == RequestHead.Version.HTTP_2 && !head.upgrade() && !head.upgraded();
    }

    int number() {
        return ordinal();
    }

    boolean multiplexed() {
        return multiplexed;
    }

    boolean secure() {
        return this == HTTP1_TLS || this == HTTP2_TLS;
    }

    /** Streams that a connection usually carries at a time. */
    int streams() {
        return streams;
    }
}
