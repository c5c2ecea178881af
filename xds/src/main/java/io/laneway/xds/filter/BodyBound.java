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
import java.util.Map;

/**
 * The bound of a request's body. A length that the request says is compared, and HTTP's framing holds the body to it. Where it
 * says none an Envoy knows the length at the end of the body alone, so it keeps the body until then; that of a call of gRPC, which
 * may wait for a response before its end, cannot be kept. Stateless. docs/decisions/0550.
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

    /** What has a route keep bodies up to the bound, by the filter's name. */
    public static Map<String, Any> kept(ByteSize most) {
        BufferPerRoute route = BufferPerRoute.newBuilder()
                .setBuffer(Buffer.newBuilder().setMaxRequestBytes(UInt32Value.of((int) most.bytes())))
                .build();
        return Map.of(FilterNames.BUFFER, Any.pack(route));
    }

    private static HeaderMatcher length(long from, long to) {
        return HeaderMatcher.newBuilder()
                .setName(LENGTH)
                .setRangeMatch(Int64Range.newBuilder().setStart(from).setEnd(to))
                .build();
    }
}
