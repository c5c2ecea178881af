package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.http1.ClientConnection;
import io.laneway.gateway.protocol.http1.Http1Settings;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestHandler;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.testkit.FrameSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/**
 * The way down from a client's frames to an endpoint's bytes with nothing but the two codecs: no sockets, no threads,
 * no routing. Each stream gets a connection of its own; what the first request becomes is kept.
 */
final class Downgrade implements RequestHandler {

    private static final Http1Settings HTTP1 =
            Http1Settings.of(LimitsConfig.DEFAULT, TimeoutsConfig.DEFAULT, DrainConfig.DEFAULT);
    private static final StreamSettings HTTP2 =
            StreamSettings.of(LimitsConfig.DEFAULT, TimeoutsConfig.DEFAULT, DrainConfig.DEFAULT);

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel endpoint = new EmbeddedChannel();
    private final Loop loop = new Loop(0, client.eventLoop(), System::nanoTime, new SplittableRandom(1));
    private int requests;

    private Downgrade() {
        Http2ServerConnection.StreamServices place =
                new Http2ServerConnection.StreamServices(loop, this, new HeadPool(), new ListenerStats("test"));
        DownstreamPeer stranger =
                new DownstreamPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), false, null);
        client.pipeline().addLast(new Http2ServerConnection(place, HTTP2, stranger));
    }

    /** What the endpoint is sent for these frames, which follow on preface and settings. */
    static byte[] of(byte[] frames) {
        Downgrade way = new Downgrade();
        way.client.writeInbound(
                Unpooled.wrappedBuffer(FrameSocket.PREFACE, FrameSocket.bytes(0, FrameSocket.SETTINGS, 0, 0), frames));
        way.loop.flushes().flush();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (ByteBuf each = way.endpoint.readOutbound(); each != null; each = way.endpoint.readOutbound()) {
            byte[] bytes = new byte[each.readableBytes()];
            each.readBytes(bytes).release();
            sent.writeBytes(bytes);
        }
        way.client.finishAndReleaseAll();
        way.endpoint.finishAndReleaseAll();
        return sent.toByteArray();
    }

    @Override
    public RequestSink begin(RequestHead head, Downstream stream, boolean end) {
        EmbeddedChannel to = requests++ == 0 ? endpoint : new EmbeddedChannel();
        Forward forward = new Forward(to);
        forward.begin(head, end);
        return forward;
    }

    @Override
    public void refused(RequestHead head, Downstream stream, Failure failure) {
        // nothing is passed on to the endpoint
    }

    private final class Forward implements RequestSink, ResponseSink, UpstreamConnection.Owner {

        @Override
        public void heard(boolean http2) {}

        private final EmbeddedChannel to;
        private UpstreamStream stream;

        Forward(EmbeddedChannel to) {
            this.to = to;
        }

        void begin(RequestHead head, boolean end) {
            ClientConnection connection = new ClientConnection(loop, HTTP1, this, to);
            to.pipeline().addLast(connection);
            connection.open(this);
            stream.head(head, end);
        }

        @Override
        public void opened(UpstreamStream opened) {
            stream = opened;
        }

        @Override
        public void data(ByteBuf data, boolean end) {
            stream.data(data, end);
        }

        @Override
        public void trailers(HeaderLines trailers) {
            stream.trailers(trailers);
        }

        @Override
        public void aborted(Failure failure) {
            loop.flushes().flush();
            stream.cancel();
        }

        @Override
        public void leave() {
            // nothing drains
        }

        @Override
        public void writable() {
            // everything is taken at once
        }

        @Override
        public void informational(ResponseHead head) {
            throw new AssertionError("an answer from nowhere");
        }

        @Override
        public void head(ResponseHead head, boolean end) {
            throw new AssertionError("an answer from nowhere");
        }

        @Override
        public void failed(Failure failure) {
            // the client is gone, too
        }

        @Override
        public void available(UpstreamConnection connection) {
            // one request is all
        }

        @Override
        public void gone(UpstreamConnection connection) {
            // it was for this request alone
        }
    }
}
