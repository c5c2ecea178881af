package io.laneway.replay.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response as a gateway sent it. Immutable. */
public record RecordedResponse(int status, List<Field> headers, RecordedBody body, List<Field> trailers) {

    public RecordedResponse {
        headers = List.copyOf(headers);
        trailers = List.copyOf(trailers);
    }

    /** The status of a call of gRPC, null where there is none. */
    public @Nullable String grpcStatus() {
        String trailing = Fields.first(trailers, "grpc-status");
        return trailing == null ? Fields.first(headers, "grpc-status") : trailing;
    }
}
