package io.laneway.gateway.upstream.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.nio.charset.StandardCharsets;

/**
 * Asks {@code grpc.health.v1.Health/Check}: {@code SERVING} is healthy. Confined to the health checker's thread.
 */
final class GrpcProbe extends Probe<Http2StreamFrame> {

    private static final int PREFIX = 5;
    private static final int FIELD_STATUS = 0x08;
    private static final int FIELD_SERVICE = 0x0a;
    private static final int SERVING = 1;
    private static final int MAX_RESPONSE = 1024;
    private static final int VARINT = 0x7f;
    private static final int VARINT_BITS = 7;

    private final ByteBuf response = Unpooled.buffer(64, MAX_RESPONSE);

    GrpcProbe(HealthCheck check, ProbeResult result) {
        super(check, result);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!Http2Probe.OPEN.equals(event)) {
            return;
        }
        Http2Headers headers = Http2Probe.fields(check, "POST", "/grpc.health.v1.Health/Check")
                .add("content-type", "application/grpc")
                .add("te", "trailers");
        var unused = ctx.write(new DefaultHttp2HeadersFrame(headers, false));
        var unusedToo = ctx.writeAndFlush(new DefaultHttp2DataFrame(message(), true));
    }

    /** {@code HealthCheckRequest} with its only field, the service, behind the prefix of a gRPC message. */
    private ByteBuf message() {
        byte[] service = check.path().getBytes(StandardCharsets.UTF_8);
        ByteBuf field = Unpooled.buffer();
        if (service.length > 0) {
            field.writeByte(FIELD_SERVICE);
            int length = service.length;
            for (; length > VARINT; length >>>= VARINT_BITS) {
                field.writeByte((length & VARINT) | (VARINT + 1));
            }
            field.writeByte(length).writeBytes(service);
        }
        return Unpooled.buffer().writeByte(0).writeInt(field.readableBytes()).writeBytes(field);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) {
        if (frame instanceof Http2DataFrame data) {
            int room = Math.min(data.content().readableBytes(), MAX_RESPONSE - response.readableBytes());
            response.writeBytes(data.content(), room);
            judge(data.isEndStream());
        } else if (frame instanceof Http2HeadersFrame headers) {
            judge(headers.isEndStream());
        }
    }

    private void judge(boolean end) {
        if (end) {
            result.is(serving());
        }
    }

    /** Whether the message is {@code HealthCheckResponse} with its only field, {@code status}, at {@code SERVING}. */
    private boolean serving() {
        return response.readableBytes() >= PREFIX + 2
                && response.getByte(PREFIX) == FIELD_STATUS
                && response.getByte(PREFIX + 1) == SERVING;
    }
}
