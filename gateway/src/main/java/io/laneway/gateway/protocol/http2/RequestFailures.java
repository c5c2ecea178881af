package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Side;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.record.ResponseFlag;

/**
 * What can be wrong with a request in HTTP/2, as failures of the client. Those without a status end their stream with
 * {@code PROTOCOL_ERROR} (RFC 9113 section 8.1.1). Immutable.
 */
final class RequestFailures {

    static final Failure REQUEST = of(0, "malformed request");
    static final Failure BODY = of(0, "body and content-length do not agree, or malformed trailers");
    static final Failure TOO_MANY_FIELDS = of(431, "the head has more header fields than allowed");
    static final Failure URI_TOO_LONG = of(414, "the request target is longer than allowed");
    static final Failure EXPECTATION = of(417, "unknown expectation (expected: 100-continue)");
    static final Failure NO_UPGRADE = Failure.upstream(
            Stage.REQUEST, 502, null, ResponseFlag.UPE, "upstream does not take this protocol over HTTP/2 (RFC 8441)");

    private RequestFailures() {}

    private static Failure of(int status, String detail) {
        return new Failure(Side.DOWNSTREAM, Stage.REQUEST_HEAD, status, null, ResponseFlag.DPE, detail);
    }
}
