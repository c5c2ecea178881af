package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Malformed;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.record.ResponseFlag;

/** What can be wrong with a head, as failures of the client with their detail for people. Immutable. */
final class HeadFailures {

    static final Failure BARE_LF = bad(Violation.BARE_LF);
    static final Failure BARE_CR = bad(Violation.BARE_CR);
    static final Failure FOLDED = bad(Violation.HEADER_FOLDED);
    static final Failure BAD_NAME = bad(Violation.HEADER_NAME);
    static final Failure BAD_VALUE = bad(Violation.HEADER_VALUE);
    static final Failure BAD_START_LINE =
            bad("malformed start line (expected: METHOD SP target SP HTTP/1.1)").of(Violation.START_LINE, "");
    static final Failure BAD_STATUS_LINE =
            bad("malformed start line (expected: HTTP/1.1 SP status code)").of(Violation.START_LINE, "");
    static final Failure TLS_ALERT =
            bad("malformed start line: an alert of TLS (expected: HTTP/1.1; or give the deployment protocol https or h2)")
                    .of(Violation.START_LINE, "");
    static final Failure BAD_TARGET = bad("malformed request target");
    static final Failure BAD_HOST = bad("malformed Host or authority (expected: host or host:port)");
    static final Failure NO_HOST = bad("no Host header (expected: exactly one)");
    static final Failure EMPTY_HOST = bad("empty Host header (expected: host or host:port)");
    static final Failure MANY_HOSTS = bad("several Host headers (expected: exactly one)");
    static final Failure BAD_LENGTH = bad("malformed or repeated Content-Length (expected: one decimal number)");
    static final Failure LENGTH_AND_CODING =
            bad("Content-Length together with Transfer-Encoding (expected: one of them)");
    static final Failure BAD_CODING = bad("Transfer-Encoding is not chunked (expected: chunked, once and last)");
    static final Failure CODING_IN_1_0 = bad("Transfer-Encoding in HTTP/1.0 (expected: HTTP/1.1)");
    static final Failure BAD_CONNECTION = bad("malformed Connection header (expected: a list of tokens)");
    static final Failure UNKNOWN_CODING = refused(501, "a transfer coding besides chunked is not implemented");
    static final Failure UNKNOWN_EXPECTATION = refused(417, "unknown expectation (expected: 100-continue)");
    static final Failure BAD_VERSION = refused(505, "HTTP version not supported (expected: HTTP/1.1 or HTTP/1.0)");
    static final Failure URI_TOO_LONG =
            refused(414, "the request target is longer than allowed").of(Violation.HEAD_SIZE, "");
    static final Failure HEAD_TOO_LARGE = Malformed.requestHead(Violation.HEAD_SIZE, 431);
    static final Failure TOO_MANY_LINES = Malformed.requestHead(Violation.HEADER_COUNT, 431);
    static final Failure SLOW_HEAD = new Failure(
            Failure.Side.DOWNSTREAM,
            Failure.Stage.REQUEST_HEAD,
            408,
            null,
            ResponseFlag.SI,
            "the head was not complete in time");

    private HeadFailures() {}

    private static Failure bad(Violation violation) {
        return Malformed.requestHead(violation, 400);
    }

    private static Failure bad(String detail) {
        return refused(400, detail);
    }

    private static Failure refused(int status, String detail) {
        return new Failure(Failure.Side.DOWNSTREAM, Failure.Stage.REQUEST_HEAD, status, null, ResponseFlag.DPE, detail);
    }
}
