package io.laneway.gateway.protocol.head;

import java.util.List;

/** Takes out of trailers what frames, routes or stamps (RFC 9110 section 6.5.1). Stateless. */
public final class Trailers {

    private static final List<Field> NOT_THERE = List.of(
            Field.CONTENT_LENGTH,
            Field.TRANSFER_ENCODING,
            Field.HOST,
            Field.TE,
            Field.TRAILER,
            Field.CONNECTION,
            Field.KEEP_ALIVE,
            Field.PROXY_CONNECTION,
            Field.UPGRADE,
            Field.EXPECT,
            Field.COOKIE,
            Field.BAGGAGE,
            Field.TRACE_BRANCH,
            Field.CONTENT_TYPE,
            Field.FORWARDED,
            Field.X_FORWARDED_FOR,
            Field.X_FORWARDED_HOST,
            Field.X_FORWARDED_PROTO,
            Field.X_FORWARDED_OTHER,
            Field.X_REAL_IP,
            Field.X_FORWARDED_CLIENT_CERT,
            Field.X_LANEWAY_ASSIGNED,
            Field.X_LANEWAY_DECISION,
            Field.X_LANEWAY_HOPS,
            Field.X_LANEWAY_LANE,
            Field.X_LANEWAY_OTHER,
            Field.X_REQUEST_ID);

    private static final long BITS = NOT_THERE.stream().mapToLong(Field::bit).reduce(0, (a, b) -> a | b);

    private Trailers() {}

    /** Removes those lines. */
    public static void clean(HeaderLines lines) {
        if (lines.mayHave(BITS)) {
            NOT_THERE.forEach(lines::remove);
        }
    }
}
