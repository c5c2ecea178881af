package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.protocol.tls.HandshakeFailures;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection to an endpoint, which carries many streams. It takes streams once the endpoint's settings are
 * known, as many as those allow. Confined to its event loop, which may be another one after it was idle.
 */
public final class Http2ClientConnection extends FrameHandler implements UpstreamConnection, Http2ClientStream.Host {

    private static final int MAX_STREAMS = 1000;
    private static final int LAST_ID = Integer.MAX_VALUE - 2 * MAX_STREAMS;

    /** Hears how the making of a connection went, once. */
    public interface Outcome {

        /** The endpoint speaks HTTP/2. */
        void ready(Http2ClientConnection connection);

        /** It does not, or refuses us. */
        void failed(Failure why);
    }

    private Owner owner;
    private final Outcome outcome;
    private final AsciiString scheme;
    private final ResponseFields fields;
    private final KeepAlive keepAlive;
    private int open;
    private int opened;
    private boolean ready;
    private boolean offered;
    private boolean extended;
    private boolean retired;
    private boolean gone;
    private boolean misunderstood;
    private @Nullable Failure refusal;

    public Http2ClientConnection(Loop loop, StreamSettings settings, boolean secure, Owner owner, Outcome outcome) {
        this(loop, settings, secure, owner, outcome, new ResponseFields(settings.headers() * 2));
    }

    private Http2ClientConnection(
            Loop loop, StreamSettings settings, boolean secure, Owner owner, Outcome outcome, ResponseFields fields) {
        super(loop, FrameCodec.client(settings, fields::start));
        this.owner = owner;
        this.outcome = outcome;
        this.scheme = AsciiString.cached(secure ? "https" : "http");
        this.fields = fields;
        this.keepAlive = new KeepAlive(loop, this, () -> {});
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        keepAlive.start();
    }

    @Override
    public void open(ResponseSink sink) {
        Http2ClientStream stream = new Http2ClientStream(this, this, sink, opened > 0);
        open++;
        opened++;
        offered = free() > 0;
        sink.opened(stream);
    }

    @Override
    public int free() {
        if (!ready || gone || retired || !context().channel().isActive()) {
            return 0;
        }
        int allowed = Math.min(MAX_STREAMS, connection().local().maxActiveStreams());
        return Math.max(0, allowed - Math.max(open, connection().numActiveStreams()));
    }

    @Override
    public @Nullable InetAddress remote() {
        return context().channel().remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
    }

    @Override
    public Channel channel() {
        return context().channel();
    }

    @Override
    public void moveTo(Loop to, Owner now) {
        keepAlive.moveTo(to);
        loop = to;
        owner = now;
    }

    /** On the loop to which it moved. */
    @Override
    public void channelRegistered(ChannelHandlerContext ctx) throws Exception {
        keepAlive.start();
        super.channelRegistered(ctx);
    }

    @Override
    public int streams() {
        return open;
    }

    @Override
    public void retire() {
        retired = true;
        closeIfDone();
    }

    @Override
    public void release() {
        open--;
        offer();
        closeIfDone();
    }

    private void offer() {
        if (!offered && free() > 0) {
            offered = true;
            owner.available(this);
        }
    }

    private void closeIfDone() {
        Channel channel = context().channel();
        if (!(retired || gone) || open > 0) {
            return;
        }
        if (!channel.isOpen()) {
            // it was closed between two event loops, where nothing is heard
            leave();
        } else if (channel.isActive() && channel.isRegistered()) {
            leave();
            writeGoAway(connection().remote().lastStreamCreated(), Http2Error.NO_ERROR);
            flush(context());
            var unused = context()
                    .writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                    .addListener(io.netty.channel.ChannelFutureListener.CLOSE);
        }
    }

    private void leave() {
        if (!gone) {
            gone = true;
            if (ready) {
                owner.gone(this);
            } else {
                outcome.failed(why());
            }
        }
    }

    private Failure why() {
        Failure refused = refusal;
        if (refused != null) {
            return refused;
        }
        return misunderstood ? Failure.NOT_HTTP2 : Failure.HTTP2_CLOSED;
    }

    @Override
    public @Nullable Failure refusal() {
        return refusal;
    }

    /** With TLS 1.3 an endpoint refuses our certificate after the handshake, as its response to the preface or to requests. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String reason = HandshakeFailures.refusal(cause);
        if (reason != null) {
            refusal = Failure.tls(reason);
            leave();
        }
        super.exceptionCaught(ctx, cause);
    }

    @Override
    public AsciiString scheme() {
        return scheme;
    }

    @Override
    public boolean extended() {
        return extended;
    }

    @Override
    public int nextId() {
        int id = connection().local().incrementAndGetNextStreamId();
        if (id > LAST_ID) {
            retired = true;
            leave();
        }
        return id;
    }

    @Override
    public boolean refused(Http2Stream stream) {
        return connection().goAwayReceived()
                && stream.id() > connection().local().lastStreamKnownByPeer();
    }

    @Override
    void heard() {
        keepAlive.heard();
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        heard();
        Http2Stream stream = connection().stream(streamId);
        if (!(end(stream) instanceof Http2ClientStream to)) {
            return;
        }
        if (to.responded()) {
            HeaderLines trailers = fields.trailers();
            if (trailers == null || !end) {
                throw to.malformed(fields.violation());
            }
            to.responseTrailers(trailers);
            return;
        }
        ResponseHead head = fields.head(end, to.toHead());
        if (head == null) {
            throw to.malformed(fields.violation());
        }
        to.head(head, end);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings theirs) {
        heard();
        extended |= Boolean.TRUE.equals(theirs.connectProtocolEnabled());
        if (!ready && !gone) {
            ready = true;
            offered = true;
            outcome.ready(this);
        } else {
            offer();
        }
    }

    @Override
    void streamClosed() {
        offer();
    }

    @Override
    void goAwayReceived() {
        retired = true;
        leave();
        loop.eventLoop().execute(this::closeIfDone);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception error) {
        if (error == null) {
            exceptionCaught(ctx, cause);
        } else {
            misunderstood = !ready;
            super.onConnectionError(ctx, outbound, cause, error);
            if (misunderstood) {
                leave();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        keepAlive.stop();
        leave();
        super.channelInactive(ctx);
        loop.flushes().flush();
    }
}
