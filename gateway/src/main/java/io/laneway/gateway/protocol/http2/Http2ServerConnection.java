package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Drain;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestHandler;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;

/**
 * A client's HTTP/2 connection: each stream is a request for the {@link RequestHandler}. Confined to its event loop.
 *
 * <p>Ends in two steps (RFC 9113 section 6.8): GOAWAY without a last stream, then, when requests in flight have had
 * time to arrive, GOAWAY with the last one taken; closed when that is over.
 */
public final class Http2ServerConnection extends FrameHandler implements ServerStreamHost {

    private static final int RECENT = 128;
    private static final int MILLIS = 1000;
    private static final long ARRIVE = TimeUnit.SECONDS.toNanos(1);

    private final StreamSettings settings;
    private final StreamServices services;
    private final DownstreamPeer peer;
    private final RequestFields fields;
    private final FloodDetector floods;
    private final KeepAlive keepAlive;
    private final TimerEntry lifetime;
    private final TimerEntry slowness;
    private final int[] resetByUs = new int[RECENT];
    private int resets;
    private int frames;
    private boolean partial;
    private long arriving;
    private long arrivedBefore;
    private boolean draining;
    private boolean leaving;
    private boolean left;

    /** What a loop has for its clients. */
    public record StreamServices(Loop loop, RequestHandler handler, HeadPool heads, ListenerStats stats) {}

    public Http2ServerConnection(StreamServices services, StreamSettings settings, DownstreamPeer peer) {
        this(services, settings, peer, new RequestFields(settings, services.heads()));
    }

    private Http2ServerConnection(
            StreamServices services, StreamSettings settings, DownstreamPeer peer, RequestFields fields) {
        super(services.loop(), FrameCodec.server(settings, fields::start));
        this.settings = settings;
        this.services = services;
        this.peer = peer;
        this.fields = fields;
        this.floods = new FloodDetector(services.stats(), loop.now());
        this.keepAlive = new KeepAlive(loop, this, () -> {});
        this.lifetime = new TimerEntry() {
            @Override
            protected void expired() {
                outlived();
            }
        };
        this.slowness = new TimerEntry() {
            @Override
            protected void expired() {
                tooSlow();
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        keepAlive.start();
        loop.deadline(lifetime, settings.headTime());
    }

    /**
     * Takes the request with which an HTTP/1.1 connection was upgraded as stream 1 (RFC 7540 section 3.2).
     *
     * @param theirs the client's settings
     * @param head   becomes the connection's
     */
    public void upgraded(Http2Settings theirs, RequestHead head) throws Http2Exception {
        onHttpServerUpgrade(theirs);
        loop.deadline(lifetime, 0);
        head.version(RequestHead.Version.HTTP_2);
        Http2Stream stream = connection().stream(1);
        new Http2ServerStream(this, this, stream, head, RequestHead.UNKNOWN_LENGTH).begin(services.handler(), true);
        mark();
    }

    /** A frame or field list that comes bit by bit is a head that comes too slowly: nothing else may come between. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        int before = frames;
        int bytes = ((ByteBuf) message).readableBytes();
        super.channelRead(ctx, message);
        if (frames != before) {
            partial = false;
            arriving = 0;
            loop.wheel().clear(slowness);
            return;
        }
        arriving += bytes;
        if (!partial) {
            partial = true;
            arrivedBefore = 0;
            loop.deadline(slowness, settings.frameTime());
        }
    }

    /** A large frame of a body takes its time on a slow line, and its sender cannot answer pings meanwhile. */
    private void tooSlow() {
        long enough = TimeUnit.NANOSECONDS.toMillis(settings.frameTime()) * StreamSettings.FRAME_RATE / MILLIS;
        if (arriving - arrivedBefore < enough) {
            services.stats().offence(Offence.TOO_SLOW);
            context().close();
            return;
        }
        arrivedBefore = arriving;
        keepAlive.heard();
        loop.deadline(slowness, settings.frameTime());
    }

    @Override
    public long arriving() {
        return arriving;
    }

    @Override
    public DownstreamPeer peer() {
        return peer;
    }

    @Override
    public FloodDetector floods() {
        return floods;
    }

    @Override
    public long bodyTime() {
        return settings.bodyTime();
    }

    @Override
    public HeadPool heads() {
        return services.heads();
    }

    @Override
    void heard() {
        frames++;
        keepAlive.heard();
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        heard();
        floods.useful();
        Http2Stream stream = connection().stream(streamId);
        if (end(stream) instanceof Http2ServerStream open) {
            trailers(open, end);
            return;
        }
        Failure wrong = fields.settle(end);
        long length = fields.length();
        RequestHead head = fields.take();
        Http2ServerStream opened =
                new Http2ServerStream(this, this, stream, head, end ? RequestHead.UNKNOWN_LENGTH : length);
        if (wrong != null) {
            opened.refuse(services.handler(), wrong, end);
            if (wrong.status() == 0) {
                throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, wrong.detail());
            }
            return;
        }
        if (draining) {
            leave();
        } else if (!leaving) {
            loop.wheel().clear(lifetime);
        }
        if (head.upgrade()) {
            WebSocketKey.complete(head, loop.random());
        }
        opened.begin(services.handler(), end);
    }

    private void trailers(Http2ServerStream open, boolean end) throws Http2Exception {
        HeaderLines trailers = fields.trailers();
        if (trailers == null || !end) {
            throw open.malformed();
        }
        open.requestTrailers(fields.take());
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext ctx, int streamId, int on, short weight, boolean exclusive)
            throws Http2Exception {
        controlled();
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) throws Http2Exception {
        heard();
        floods.window(loop.now());
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext ctx, byte type, int streamId, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        controlled();
    }

    private void controlled() throws Http2Exception {
        heard();
        floods.control(Offence.CONTROL_FLOOD, loop.now());
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        heard();
        floods.control(Offence.PING_FLOOD, loop.now());
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings theirs) throws Http2Exception {
        heard();
        floods.settings(loop.now());
    }

    @Override
    protected void onStreamError(ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException error) {
        if (!outbound && error.error() == Http2Error.STREAM_CLOSED && !mayHaveCrossed(error.streamId())) {
            Http2Exception closed =
                    Http2Exception.connectionError(Http2Error.STREAM_CLOSED, "frame of a closed stream");
            onConnectionError(ctx, false, closed, closed);
            return;
        }
        resetByUs[resets++ % RECENT] = error.streamId();
        super.onStreamError(ctx, outbound, cause, afterItsEnd(error) ? closed(error) : error);
        mark();
        try {
            floods.reset(loop.now());
        } catch (Http2Exception flood) {
            onConnectionError(ctx, outbound, flood, flood);
        }
    }

    /** A field list after the request's end, for which Netty has another code (RFC 9113 section 5.1, half-closed). */
    private boolean afterItsEnd(StreamException error) {
        Http2Stream stream = connection().stream(error.streamId());
        return stream != null
                && stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE
                && NettyMessages.isSecondHead(error);
    }

    private static StreamException closed(StreamException error) {
        return (StreamException) Http2Exception.streamError(
                error.streamId(), Http2Error.STREAM_CLOSED, "field list after the request's end");
    }

    /** Whether a frame may have been sent before the client knew that the stream was reset (RFC 9113 section 5.1). */
    private boolean mayHaveCrossed(int stream) {
        for (int reset : resetByUs) {
            if (reset == stream) {
                return true;
            }
        }
        return connection().stream(stream) != null;
    }

    @Override
    void writeReset(int stream, Http2Error error) {
        resetByUs[resets++ % RECENT] = stream;
        super.writeReset(stream, error);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception error) {
        if (error == null) {
            exceptionCaught(ctx, cause);
            return;
        }
        if (error.error() != Http2Error.ENHANCE_YOUR_CALM) {
            services.stats().offence(Offence.MALFORMED);
        } else if (!floods.flooded()) {
            // the one flood that Netty's frame reader itself ends
            services.stats().offence(Offence.CONTINUATION_FLOOD);
        }
        super.onConnectionError(ctx, outbound, cause, error);
    }

    @Override
    void streamClosed() {
        if (connection().numActiveStreams() == 0) {
            if (left) {
                closeWhenWritten();
            } else if (!leaving) {
                loop.deadline(lifetime, settings.idleTime());
            }
        }
    }

    @Override
    void goAwayReceived() {
        if (connection().numActiveStreams() == 0) {
            closeWhenWritten();
        } else {
            leaving = true;
            left = true;
        }
    }

    private void outlived() {
        if (leaving) {
            left = true;
            writeGoAway(connection().remote().lastStreamCreated(), Http2Error.NO_ERROR);
            if (connection().numActiveStreams() == 0) {
                closeWhenWritten();
            }
        } else if (connection().numActiveStreams() == 0) {
            leave();
        }
    }

    /** A client that gets GOAWAY before its first request would reconnect at once, so that request is answered. */
    private void drain() {
        draining = true;
        if (connection().remote().lastStreamCreated() > 0) {
            leave();
        } else {
            loop.deadline(lifetime, settings.drainTime());
        }
    }

    private void leave() {
        if (!leaving) {
            leaving = true;
            writeGoAway(Integer.MAX_VALUE, Http2Error.NO_ERROR);
            loop.deadline(lifetime, ARRIVE);
        }
    }

    private void leaveStreams() throws Http2Exception {
        connection().forEachActiveStream(stream -> {
            if (end(stream) instanceof Http2ServerStream open) {
                open.leave();
            }
            return true;
        });
    }

    private void closeWhenWritten() {
        ChannelHandlerContext ctx = context();
        flush(ctx);
        var unused = ctx.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                .addListener(io.netty.channel.ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == Drain.EVENT) {
            drain();
        }
        if (event == Drain.LAST) {
            leaveStreams();
            loop.flushes().flush();
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        keepAlive.stop();
        loop.wheel().forget(lifetime);
        loop.wheel().forget(slowness);
        super.channelInactive(ctx);
        fields.free();
        loop.flushes().flush();
    }
}
