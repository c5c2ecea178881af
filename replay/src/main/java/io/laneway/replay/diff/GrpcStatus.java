package io.laneway.replay.diff;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where gRPC has its status: in trailers, or in the head of a response that has nothing else. Stateless. */
final class GrpcStatus {

    private static final Set<String> NAMES = Set.of("grpc-status", "grpc-message", "grpc-status-details-bin");

    private GrpcStatus() {}

    /** The response with its status in trailers, so that both forms are alike. */
    static @Nullable RecordedResponse inTrailers(@Nullable RecordedResponse response) {
        if (response == null || Fields.first(response.headers(), "grpc-status") == null) {
            return response;
        }
        List<Field> headers = new ArrayList<>();
        List<Field> trailers = new ArrayList<>(response.trailers());
        for (Field field : response.headers()) {
            (NAMES.contains(field.name().toLowerCase(Locale.ROOT)) ? trailers : headers).add(field);
        }
        return new RecordedResponse(response.status(), headers, response.body(), trailers);
    }
}
