package io.laneway.gateway.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.nio.charset.StandardCharsets;

/**
 * Asks {@code grpc.health.v1.Health/Check} over HTTP/2 with prior knowledge: {@code SERVING} is well. Confined to the
 * watch's thread.
 */
final class GrpcQuestion extends SimpleChannelInboundHandler<Http2StreamFrame> {

    private static final int PREFIX = 5;
    private static final int FIELD_STATUS = 0x08;
    private static final int FIELD_SERVICE = 0x0a;
    private static final int SERVING = 1;
    private static final int MAX_ANSWER = 1024;

    private final Verdict verdict;
    private final ByteBuf answer = Unpooled.buffer(64, MAX_ANSWER);

    private GrpcQuestion(Verdict verdict) {
        this.verdict = verdict;
    }

    static void ask(Channel channel, Check check, Verdict verdict) {
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient().build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext ctx) {
                                open(channel, check, verdict);
                            }

                            @Override
                            public void channelInactive(ChannelHandlerContext ctx) {
                                verdict.is(false);
                            }

                            @Override
                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                verdict.is(false);
                            }
                        });
    }

    private static void open(Channel channel, Check check, Verdict verdict) {
        var unused = new Http2StreamChannelBootstrap(channel)
                .handler(new GrpcQuestion(verdict))
                .open()
                .addListener(opened -> {
                    if (opened.isSuccess()) {
                        send((Http2StreamChannel) opened.getNow(), check);
                    } else {
                        verdict.is(false);
                    }
                });
    }

    private static void send(Http2StreamChannel stream, Check check) {
        Http2Headers headers = new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .path("/grpc.health.v1.Health/Check")
                .authority(check.host() + ':' + check.port())
                .add("content-type", "application/grpc")
                .add("te", "trailers")
                .add("user-agent", "laneway-health");
        byte[] service = check.path().getBytes(StandardCharsets.UTF_8);
        ByteBuf message = Unpooled.buffer();
        int length = service.length == 0 ? 0 : service.length + 2;
        message.writeByte(0).writeInt(length);
        if (length > 0) {
            message.writeByte(FIELD_SERVICE).writeByte(service.length).writeBytes(service);
        }
        var unused = stream.write(new DefaultHttp2HeadersFrame(headers, false));
        var unusedToo = stream.writeAndFlush(new DefaultHttp2DataFrame(message, true));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) {
        if (frame instanceof Http2DataFrame data) {
            int room = Math.min(data.content().readableBytes(), MAX_ANSWER - answer.readableBytes());
            answer.writeBytes(data.content(), room);
            judge(data.isEndStream());
        } else if (frame instanceof Http2HeadersFrame headers) {
            judge(headers.isEndStream());
        }
    }

    private void judge(boolean end) {
        if (end) {
            verdict.is(serving());
        }
    }

    /** Whether the message is {@code HealthCheckResponse} with its only field, {@code status}, at {@code SERVING}. */
    private boolean serving() {
        return answer.readableBytes() >= PREFIX + 2
                && answer.getByte(PREFIX) == FIELD_STATUS
                && answer.getByte(PREFIX + 1) == SERVING;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        verdict.is(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        verdict.is(false);
    }
}
