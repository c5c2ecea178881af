package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.record.ResponseFlag;

/** Why a well-formed head is refused at the edge: two readers could understand it differently. Immutable. */
final class Refusals {

    static final Failure BAD_PERCENT = refused("malformed path (expected: two hexadecimal digits behind each %)");
    static final Failure CONTROL = refused("the path holds an encoded control character");
    static final Failure OVERLONG = refused("the path holds an overlong form of UTF-8");
    static final Failure BACKSLASH = refused("the path holds a backslash (expected: %5C)");
    static final Failure ENCODED_SLASH = refused("the path holds an encoded slash, which is not allowed here");
    static final Failure VEILED_DOTS = refused("the path holds a dot segment behind an encoded slash or before a ;");
    static final Failure UNDERSCORE = refused("a header name holds an underscore, which is not allowed here");
    static final Failure MAX_FORWARDS = refused("malformed Max-Forwards (expected: one decimal number)");

    private Refusals() {}

    private static Failure refused(String detail) {
        return new Failure(Failure.Side.DOWNSTREAM, Failure.Stage.REQUEST_HEAD, 400, null, ResponseFlag.DPE, detail);
    }
}
