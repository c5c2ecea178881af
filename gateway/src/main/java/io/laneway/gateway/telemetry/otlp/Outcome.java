package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.runtime.record.ResponseFlag;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.StatusData;

/**
 * How a span ended. What failed has {@code error.type}: the status of its response, of HTTP or gRPC, where that says so, else
 * the access log's flag. Stateless.
 */
final class Outcome {

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private Outcome() {}

    /** Of the side that served: a client's mistake is no error of its. */
    static StatusData ofServer(int status, int call, ResponseFlag flag, AttributesBuilder to) {
        boolean failedCall = call >= 0 && CallStatus.isServersError(call);
        return of(status, call, flag, status >= SERVER_ERROR, failedCall, to);
    }

    /** Of the side that asked. */
    static StatusData ofClient(int status, int call, ResponseFlag flag, AttributesBuilder to) {
        return of(status, call, flag, status >= CLIENT_ERROR, call > 0, to);
    }

    /** Whether there was no response, or not all of it. */
    private static boolean isCut(int status, ResponseFlag flag) {
        boolean whole = flag == ResponseFlag.NONE || flag == ResponseFlag.URX || flag == ResponseFlag.FI;
        return status == 0 || (!whole && status < CLIENT_ERROR);
    }

    private static StatusData of(
            int status, int call, ResponseFlag flag, boolean failed, boolean failedCall, AttributesBuilder to) {
        if (status > 0) {
            to.put(Keys.STATUS_CODE, (long) status);
        }
        if (!failed && !failedCall && !isCut(status, flag)) {
            return StatusData.unset();
        }
        String type = failedCall ? CallStatus.name(call) : failed ? Integer.toString(status) : flag.word();
        to.put(Keys.ERROR_TYPE, type);
        return flag == ResponseFlag.NONE ? StatusData.error() : StatusData.create(StatusCode.ERROR, flag.word());
    }
}
