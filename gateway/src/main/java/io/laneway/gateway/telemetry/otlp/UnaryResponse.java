package io.laneway.gateway.telemetry.otlp;

import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.vertx.core.http.HttpClientResponse;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The response to a unary call of gRPC, as far as it matters: its status. Immutable. */
record UnaryResponse(GrpcStatusCode status, @Nullable String detail) implements GrpcResponse {

    private static final int OK = 200;

    /** What OTLP wants tried again. */
    private static final Set<GrpcStatusCode> TRANSIENT = EnumSet.of(
            GrpcStatusCode.CANCELLED,
            GrpcStatusCode.DEADLINE_EXCEEDED,
            GrpcStatusCode.RESOURCE_EXHAUSTED,
            GrpcStatusCode.ABORTED,
            GrpcStatusCode.OUT_OF_RANGE,
            GrpcStatusCode.UNAVAILABLE,
            GrpcStatusCode.DATA_LOSS);

    /** Of a response that is whole: in its trailers, or in its head if it is nothing else. */
    static UnaryResponse of(HttpClientResponse response) {
        String code = response.getTrailer("grpc-status");
        String detail = response.getTrailer("grpc-message");
        if (code == null) {
            code = response.getHeader("grpc-status");
            detail = response.getHeader("grpc-message");
        }
        if (code != null && code.matches("\\d{1,2}")) {
            return new UnaryResponse(GrpcStatusCode.fromValue(Integer.parseInt(code)), detail);
        }
        return new UnaryResponse(ofHttp(response.statusCode()), "HTTP status " + response.statusCode());
    }

    private static GrpcStatusCode ofHttp(int status) {
        return switch (status) {
            case 400 -> GrpcStatusCode.INTERNAL;
            case 401 -> GrpcStatusCode.UNAUTHENTICATED;
            case 403 -> GrpcStatusCode.PERMISSION_DENIED;
            case 404 -> GrpcStatusCode.UNIMPLEMENTED;
            case 429, 502, 503, 504 -> GrpcStatusCode.UNAVAILABLE;
            default -> status == OK ? GrpcStatusCode.INTERNAL : GrpcStatusCode.UNKNOWN;
        };
    }

    boolean isTransient() {
        return TRANSIENT.contains(status);
    }

    @Override
    public GrpcStatusCode getStatusCode() {
        return status;
    }

    @Override
    public @Nullable String getStatusDescription() {
        return detail;
    }

    @Override
    public byte[] getResponseMessage() {
        return new byte[0];
    }
}
