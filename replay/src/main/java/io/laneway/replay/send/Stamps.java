package io.laneway.replay.send;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.value.ClientValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes requests of recorded ones: without the fields of their connection (RFC 9110, 7.6.1), of their framing, and of
 * the hops that they came by; with the id of the replay and the lane. Immutable.
 *
 * @param host asked for instead of the recorded one; empty to keep that
 */
public record Stamps(String replay, String host) {

    private static final Set<String> DROPPED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "content-length",
            "host",
            "expect",
            "accept-encoding",
            "trace-branch",
            "x-request-id",
            "forwarded",
            "via",
            "x-real-ip",
            "traceparent",
            "tracestate",
            "b3",
            "sw8",
            "uber-trace-id",
            "grpc-trace-bin",
            "early-data");
    private static final List<String> PREFIXES =
            List.of(":", "x-laneway-", "x-forwarded-", "x-original-", "x-envoy-", "x-b3-");

    /** The request for a side. */
    Outgoing outgoing(long sequence, RecordedExchange recorded, String side, String lane, ClientValues values) {
        RecordedRequest request = recorded.request();
        boolean decoded = request.body().decoded() != null;
        Set<String> named = named(request.headers());
        List<Field> headers = new ArrayList<>();
        for (Field field : request.headers()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (dropped(name) || named.contains(name) || (decoded && name.equals("content-encoding"))) {
                continue;
            }
            String value = name.equals("baggage") ? withoutLane(field.value()) : values.header(request, field);
            if (!name.equals("baggage") || !value.isEmpty()) {
                headers.add(new Field(field.name(), value));
            }
        }
        if (grpc(request)) {
            headers.add(new Field("te", "trailers"));
        }
        headers.add(new Field("trace-branch", lane));
        headers.add(new Field("x-request-id", replay + "-" + sequence + "-" + side));
        headers.add(new Field("x-laneway-replay", replay));
        return new Outgoing(
                request.protocol().startsWith("HTTP/2"),
                request.method(),
                host.isEmpty() ? request.authority() : host,
                values.target(request),
                headers,
                RecordedBody.whole(values.body(request)));
    }

    private static boolean dropped(String name) {
        return DROPPED.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** What the connection's own field names is the connection's, too. */
    private static Set<String> named(List<Field> fields) {
        Set<String> named = new HashSet<>();
        for (Field field : fields) {
            if (field.named("connection")) {
                for (String name : field.value().split(",", -1)) {
                    named.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return named;
    }

    /** Whether it is a call of gRPC. */
    public static boolean grpc(RecordedRequest request) {
        return request.headers().stream()
                .anyMatch(field -> field.named("content-type") && field.value().startsWith("application/grpc"));
    }

    private static String withoutLane(String baggage) {
        List<String> kept = new ArrayList<>();
        for (String member : baggage.split(",", -1)) {
            int end = member.indexOf('=');
            if (end < 0 || !member.substring(0, end).strip().equals("trace-branch")) {
                kept.add(member);
            }
        }
        return String.join(",", kept).strip();
    }
}
