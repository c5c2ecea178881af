package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.testkit.FrameSocket;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.util.Version;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Has Netty's codec say what {@link NettyMessages} reads; another version of Netty may say it otherwise. */
class NettyMessagesTest {

    private static final String NETTY =
            "Netty " + Version.identify().get("netty-codec-http2").artifactVersion();

    /** {@code GET / http} of HPACK's static table (RFC 7541 appendix A). */
    private static final byte[] GET = {(byte) 0x82, (byte) 0x86, (byte) 0x84};

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Probe probe = new Probe();
    private final EmbeddedChannel channel = new EmbeddedChannel(probe);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aSecondHeadBehindTheRequestsEndIsSaidByItsText() {
        begin();
        frame(FrameSocket.HEADERS, END_STREAM | END_HEADERS, GET);
        assertThat(probe.error).isNull();

        frame(FrameSocket.HEADERS, END_STREAM | END_HEADERS, GET);

        assertThat(probe.error).as(NETTY).isNotNull();
        assertThat(probe.error.error()).as(NETTY).isEqualTo(Http2Error.PROTOCOL_ERROR);
        assertThat(NettyMessages.isSecondHead(probe.error))
                .as(NETTY + ": " + probe.error.getMessage())
                .isTrue();
    }

    @Test
    void anotherErrorOfTheSameCodeOnTheSameStreamIsNone() {
        begin();
        frame(FrameSocket.HEADERS, END_STREAM | END_HEADERS, GET);

        frame(FrameSocket.WINDOW_UPDATE, 0, FrameSocket.integer(0));

        assertThat(probe.error).as(NETTY).isNotNull();
        assertThat(probe.error.error()).as(NETTY).isEqualTo(Http2Error.PROTOCOL_ERROR);
        assertThat(NettyMessages.isSecondHead(probe.error))
                .as(NETTY + ": " + probe.error.getMessage())
                .isFalse();
    }

    private void begin() {
        channel.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
        channel.writeInbound(Unpooled.wrappedBuffer(FrameSocket.bytes(0, FrameSocket.SETTINGS, 0, 0)));
    }

    private void frame(int type, int flags, byte[] payload) {
        channel.writeInbound(Unpooled.wrappedBuffer(FrameSocket.bytes(payload.length, type, flags, 1, payload)));
    }

    /** A connection that keeps the last stream error. */
    private static final class Probe extends Http2ConnectionHandler {

        private @Nullable StreamException error;

        Probe() {
            this(FrameCodec.server(
                    StreamSettings.of(LimitsConfig.DEFAULT, TimeoutsConfig.DEFAULT, DrainConfig.DEFAULT),
                    DefaultHttp2Headers::new));
        }

        private Probe(FrameCodec codec) {
            super(codec.decoder(), codec.encoder(), codec.settings());
            decoder().frameListener(new Http2FrameAdapter());
        }

        @Override
        protected void onStreamError(
                ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException streamError) {
            error = streamError;
        }
    }
}
