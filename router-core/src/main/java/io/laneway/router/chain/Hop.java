package io.laneway.router.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * One request as one gateway saw it; what is not known is empty. Immutable.
 *
 * @param lane that served
 * @param status 0 if there was no response
 * @param grpcStatus of a call of gRPC
 * @param flags the access log's response flags, {@code -} or empty for none
 * @param endpoint that it was sent to
 * @param start by the clock of its gateway
 * @param passed which of our gateways this was on the request's way, from 1; 0 if that is not known
 * @param parent the span that it was sent by
 * @param spans of this hop, each of which may be another's parent
 */
public record Hop(
        String gateway,
        String service,
        String lane,
        String method,
        String path,
        int status,
        String grpcStatus,
        String flags,
        String endpoint,
        Instant start,
        Duration duration,
        int passed,
        String parent,
        Set<String> spans) {

    /** Statuses of gRPC that blame the server: unknown, deadline, exhausted, unimplemented, internal, unavailable, loss. */
    private static final Set<String> GRPC = Set.of("2", "4", "8", "12", "13", "14", "15");

    public Hop {
        spans = Set.copyOf(spans);
    }

    Instant end() {
        return start.plus(duration);
    }

    boolean flagged(String flag) {
        return Arrays.asList(flags.split(",", -1)).contains(flag);
    }

    /** Whether the access log has any flag of it. */
    public boolean hasFlags() {
        return !flags.isEmpty() && !flags.equals("-");
    }

    /** Whether the client got no response, or one that says that the server failed. */
    boolean failed() {
        boolean own = hasFlags() && !flags.equals("DC");
        return status == 0 || status >= 500 || GRPC.contains(grpcStatus) || own;
    }
}
