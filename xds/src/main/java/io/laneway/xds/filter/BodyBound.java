package io.laneway.xds.filter;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.laneway.router.unit.ByteSize;

/**
 * The bound of a request's body. One whose length is said is compared, and its framing sees to it that no more comes. Of one whose
 * length is not said an Envoy knows the length at its end alone, so that it is kept until then; a call of gRPC, which may wait for
 * a response before its end, cannot be. Stateless. docs/decisions/0550.
 */
public final class BodyBound {

    private static final String LENGTH = "content-length";
    private static final long MOST = 0xFFFF_FFFFL;

    private BodyBound() {}

    /** Whether an Envoy can keep it. */
    static boolean said(ByteSize most) {
        return most.bytes() >= 1 && most.bytes() <= MOST;
    }

    /** A match, of requests alone whose body is longer. */
    public static RouteMatch.Builder above(RouteMatch.Builder match, ByteSize most) {
        return match.addHeaders(length(most.bytes() + 1, Long.MAX_VALUE));
    }

    /** A match, of requests alone that say that their body is not longer. */
    public static RouteMatch.Builder within(RouteMatch.Builder match, ByteSize most) {
        return match.addHeaders(length(0, most.bytes() + 1));
    }

    /** A match, of calls of gRPC alone. */
    public static RouteMatch.Builder calls(RouteMatch.Builder match) {
        return match.addHeaders(HeaderMatcher.newBuilder()
                .setName("content-type")
                .setStringMatch(
                        StringMatcher.newBuilder().setPrefix("application/grpc").setIgnoreCase(true)));
    }

    /** What a route says to the filter that keeps bodies. */
    public static Any kept(ByteSize most) {
        return Any.pack(BufferPerRoute.newBuilder()
                .setBuffer(Buffer.newBuilder().setMaxRequestBytes(UInt32Value.of((int) most.bytes())))
                .build());
    }

    /** The name of that filter. */
    public static String filter() {
        return FilterNames.BUFFER;
    }

    private static HeaderMatcher length(long from, long to) {
        return HeaderMatcher.newBuilder()
                .setName(LENGTH)
                .setRangeMatch(Int64Range.newBuilder().setStart(from).setEnd(to))
                .build();
    }
}
