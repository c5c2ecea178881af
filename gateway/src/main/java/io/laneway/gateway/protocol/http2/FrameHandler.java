package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.tls.IoErrors;
import io.laneway.gateway.runtime.eventloop.Flushes;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both ends of HTTP/2 have in common: frames find their streams, writes are flushed with the loop's others, and a
 * stream that closes under its owner is notified. Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard
abstract class FrameHandler extends Http2ConnectionHandler implements Http2FrameListener {

    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);

    /** Another one after the connection moved. */
    protected Loop loop;

    protected final FieldEncoder out = new FieldEncoder();
    private final StreamOutputs outputs;
    private final Flushes.Mark mark;
    private @Nullable ChannelHandlerContext context;

    FrameHandler(Loop loop, FrameCodec codec) {
        super(codec.decoder(), codec.encoder(), codec.settings(), true, true);
        this.loop = loop;
        this.outputs = codec.outputs();
        this.mark = new Flushes.Mark() {
            @Override
            protected void flush() {
                FrameHandler.this.flush(context());
                wake();
            }
        };
        decoder().frameListener(this);
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                StreamEnd end = end(stream);
                if (end != null) {
                    end.closed();
                }
                streamClosed();
            }

            @Override
            public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
                goAwayReceived();
            }
        });
    }

    ChannelHandlerContext context() {
        ChannelHandlerContext bound = context;
        if (bound == null) {
            throw new IllegalStateException("the handler is in no pipeline yet");
        }
        return bound;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
        if (ctx.channel().isActive()) {
            int more = StreamSettings.CONNECTION_WINDOW
                    - decoder().flowController().windowSize(connection().connectionStream());
            decoder().flowController().incrementWindowSize(connection().connectionStream(), more);
            mark();
        }
    }

    private void wake() {
        try {
            outputs.wake();
        } catch (Http2Exception e) {
            onError(context(), true, e);
        }
    }

    /** Has the channel flushed with the loop's others. */
    void mark() {
        loop.flushes().mark(mark);
    }

    @Nullable
    StreamEnd end(Http2Stream stream) {
        return outputs.end(stream);
    }

    StreamOutput own(Http2Stream stream, StreamEnd end) {
        return outputs.open(stream, end);
    }

    /** Gives a stream's sender its window back. */
    void giveBack(Http2Stream stream, int bytes) {
        try {
            if (decoder().flowController().consumeBytes(stream, bytes)) {
                mark();
            }
        } catch (Http2Exception e) {
            onError(context(), true, e);
        }
    }

    /** Writes body bytes of a stream; takes ownership. */
    io.netty.channel.ChannelFuture writeData(Http2Stream stream, ByteBuf data, boolean end) {
        mark();
        return encoder()
                .writeData(context(), stream.id(), data, 0, end, context().newPromise());
    }

    /** A write that is done. */
    io.netty.channel.ChannelFuture written() {
        return context().newSucceededFuture();
    }

    /** Writes a field list of a stream. */
    io.netty.channel.ChannelFuture writeFields(int stream, FieldEncoder fields, boolean end) {
        mark();
        return encoder()
                .writeHeaders(context(), stream, fields, 0, end, context().newPromise());
    }

    void writeReset(int stream, Http2Error error) {
        mark();
        encoder().writeRstStream(context(), stream, error.code(), context().newPromise());
    }

    void writePing(long data) {
        mark();
        encoder().writePing(context(), false, data, context().newPromise());
    }

    void writeGoAway(int lastStream, Http2Error error) {
        mark();
        goAway(
                context(),
                lastStream,
                error.code(),
                Unpooled.EMPTY_BUFFER,
                context().newPromise());
    }

    /** A frame of any kind is complete. */
    abstract void heard();

    /** Some stream closed. */
    abstract void streamClosed();

    abstract void goAwayReceived();

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        mark();
        loop.flushes().flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        super.channelWritabilityChanged(ctx);
        wake();
        loop.flushes().flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (IoErrors.is(cause)) {
            LOG.atDebug().setCause(cause).log("connection broke");
        } else {
            LOG.atError().setCause(cause).log("connection closed after an unexpected error");
        }
        ctx.close();
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
            throws Http2Exception {
        heard();
        Http2Stream stream = connection().stream(streamId);
        StreamEnd to = stream == null ? null : end(stream);
        return to == null ? data.readableBytes() + padding : to.data(data, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        onHeadersRead(ctx, streamId, headers, padding, end);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) throws Http2Exception {
        heard();
        Http2Stream stream = connection().stream(streamId);
        StreamEnd to = stream == null ? null : end(stream);
        if (to != null) {
            to.reset(errorCode);
        }
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext ctx, int streamId, int on, short weight, boolean exclusive)
            throws Http2Exception {
        heard();
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext ctx) {
        heard();
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        heard();
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        heard();
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
        heard();
    }

    @Override
    public void onPushPromiseRead(
            ChannelHandlerContext ctx, int streamId, int promisedStreamId, Http2Headers headers, int padding)
            throws Http2Exception {
        throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "pushed though that was switched off");
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData) {
        heard();
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) throws Http2Exception {
        heard();
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext ctx, byte type, int streamId, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        heard();
    }
}
