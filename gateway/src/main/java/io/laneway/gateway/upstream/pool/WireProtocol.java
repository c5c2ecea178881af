package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.upstream.endpoint.SpokenProtocols;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;

/** What a connection to an endpoint speaks. */
@SuppressWarnings("EnumOrdinal") // an index, nothing that lasts
enum WireProtocol {
    HTTP1(false, 1),
    HTTP2(true, 100),
    HTTP1_TLS(false, 1),
    HTTP2_TLS(true, 100),
    /** What a client's connection carries, by TLS of ours. */
    CONTENT_TLS(false, 1);

    static final int COUNT = values().length;

    private final boolean multiplexed;
    private final int streams;

    WireProtocol(boolean multiplexed, int streams) {
        this.multiplexed = multiplexed;
        this.streams = streams;
    }

    /**
     * What a request goes by. With {@code auto} that is HTTP/1.1 for all that it can carry, as far as the endpoint is not known
     * to speak HTTP/2 alone, and HTTP/2 for gRPC.
     */
    static WireProtocol of(UpstreamSettings settings, SpokenProtocols protocols, RequestHead head) {
        return switch (settings.protocol()) {
            case HTTP1 -> HTTP1;
            case H2C -> HTTP2;
            case HTTPS -> HTTP1_TLS;
            case H2 -> HTTP2_TLS;
            case AUTO -> auto(settings.tls() != null, head.upgrade() ? protocols.http2Alone() : http2(protocols, head));
        };
    }

    private static WireProtocol auto(boolean secure, boolean http2) {
        if (secure) {
            return http2 ? HTTP2_TLS : HTTP1_TLS;
        }
        return http2 ? HTTP2 : HTTP1;
    }

    private static boolean http2(SpokenProtocols protocols, RequestHead head) {
        boolean carried = head.version() == RequestHead.Version.HTTP_2 || head.converted();
        return protocols.http2() || (carried && GrpcCall.isOne(head.lines()));
    }

    int number() {
        return ordinal();
    }

    boolean multiplexed() {
        return multiplexed;
    }

    boolean secure() {
        return this == HTTP1_TLS || this == HTTP2_TLS || this == CONTENT_TLS;
    }

    /** Streams that a connection usually carries at a time. */
    int streams() {
        return streams;
    }
}
