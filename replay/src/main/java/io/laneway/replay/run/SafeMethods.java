package io.laneway.replay.run;

import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.send.Stamps;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls of gRPC that change nothing, as a descriptor set says. Stateless. */
public final class SafeMethods {

    private SafeMethods() {}

    /** Whether a request is one; none is without a set. */
    public static Predicate<RecordedRequest> of(@Nullable ProtoReader methods) {
        return methods == null
                ? request -> false
                : request -> request.method().equals("POST") && Stamps.grpc(request) && methods.safe(request.path());
    }
}
