package io.laneway.gateway.protocol.grpc;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.record.ResponseFlag;

/** Status codes of gRPC calls, and what they are in HTTP. Stateless. */
public final class GrpcStatus {

    /** There is none, or none that can be read. */
    public static final int NONE = -1;

    /** Codes that gRPC defines, from 0. */
    public static final int CODES = 17;

    static final int CANCELLED = 1;
    static final int UNKNOWN = 2;
    static final int DEADLINE_EXCEEDED = 4;
    static final int NOT_FOUND = 5;
    static final int PERMISSION_DENIED = 7;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int UNIMPLEMENTED = 12;
    static final int INTERNAL = 13;
    static final int UNAVAILABLE = 14;
    static final int UNAUTHENTICATED = 16;

    /** By code, as Envoy has them. */
    private static final int[] HTTP = {
        200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401
    };

    private GrpcStatus() {}

    /** The code of a failure. */
    static int of(Failure failure) {
        if (failure.equals(Failure.UNROUTED)) {
            return UNIMPLEMENTED;
        }
        boolean limit = failure.flag() == ResponseFlag.RL || failure.flag() == ResponseFlag.UO;
        return limit ? RESOURCE_EXHAUSTED : ofResponse(failure.status(), failure.flag());
    }

    /** The code that a response without one amounts to; {@link #NONE} if there was no response. */
    public static int ofResponse(int httpStatus, ResponseFlag flag) {
        if (flag == ResponseFlag.DC) {
            return CANCELLED;
        }
        return switch (httpStatus) {
            case 0 -> NONE;
            case 400, 417 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> NOT_FOUND;
            case 405, 501 -> UNIMPLEMENTED;
            case 408, 504 -> DEADLINE_EXCEEDED;
            case 413, 414, 429, 431 -> RESOURCE_EXHAUSTED;
            case 502, 503 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }

    /** The HTTP status that says the same as a code. */
    public static int http(int code) {
        return code >= 0 && code < CODES ? HTTP[code] : HTTP[UNKNOWN];
    }

    /** The code in a head or in trailers; {@link #NONE} without one. */
    public static int read(HeaderLines lines) {
        int line = lines.find(Field.GRPC_STATUS, 0);
        if (line < 0) {
            return NONE;
        }
        long code = Ascii.parse(lines.array(), lines.valueOffset(line), lines.valueLength(line));
        return code < 0 || code > Integer.MAX_VALUE ? UNKNOWN : (int) code;
    }
}
