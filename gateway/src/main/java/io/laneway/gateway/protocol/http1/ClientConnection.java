package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Splicing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection to an endpoint, and the one stream that it carries at a time. It is given back to its pool when
 * all that was received with the end of a response is read. Confined to its event loop, which may be another one after it
 * was idle.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter
        implements UpstreamConnection, UpstreamStream, ResponseReader.Listener {

    private final Http1Settings settings;
    private Loop loop;
    private final PoolLease lease;
    private final Channel channel;
    private final ConnectionOutput output;
    private final RequestSending request;
    private final ConnectionEnd ending;
    private final ResponseReader response;
    private boolean inputEnded;

    /** A connection over an open channel; its owner learns separately that it takes streams. */
    public ClientConnection(Loop loop, Http1Settings settings, Owner owner, Channel channel) {
        this.settings = settings;
        this.loop = loop;
        this.lease = new PoolLease(owner, this);
        this.channel = channel;
        this.output = new ConnectionOutput(channel, loop.flushes());
        this.request = new RequestSending(channel, output);
        this.ending = new ConnectionEnd(channel);
        this.response = new ResponseReader(settings, ResponseParsers.of(loop, settings), channel, request, lease, this);
    }

    @Override
    public void open(ResponseSink sink) {
        response.begin(sink);
        request.begin();
        sink.opened(this);
    }

    @Override
    public int free() {
        boolean waits = response.reading() == ResponseReading.IDLE && !lease.isResting();
        return waits && !lease.retired() && channel.isActive() ? 1 : 0;
    }

    @Override
    public @Nullable InetAddress remote() {
        return channel.remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void moveTo(Loop to, Owner owner) {
        loop = to;
        output.moveTo(to.flushes());
        lease.pass(owner);
    }

    /** On the loop to which it moved. */
    @Override
    public void channelRegistered(ChannelHandlerContext ctx) throws Exception {
        response.moveTo(ResponseParsers.of(loop, settings));
        super.channelRegistered(ctx);
    }

    @Override
    public int streams() {
        return response.sink() == null ? 0 : 1;
    }

    @Override
    public void retire() {
        lease.retire();
        if (response.sink() == null && !lease.isResting()) {
            close();
        }
    }

    @Override
    public boolean reused() {
        return lease.used();
    }

    @Override
    public @Nullable SocketAddress peer() {
        return channel.remoteAddress();
    }

    @Override
    public boolean multiplexed() {
        return false;
    }

    @Override
    public void head(RequestHead head, boolean end) {
        request.head(head, end);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (response.reading() == ResponseReading.CLOSED) {
            data.release();
            return;
        }
        request.data(data, end);
        if (end && response.switched()) {
            outputEnds();
        } else if (end && response.reading() == ResponseReading.EARLY) {
            switchLater();
        }
    }

    /** In a turn of its own, since its caller may still be sending the end of the body. */
    private void switchLater() {
        loop.eventLoop().execute(() -> {
            response.readHeld();
            loop.flushes().flush();
        });
    }

    /** With TLS our direction ends when the endpoint's does. */
    private void outputEnds() {
        output.flush();
        if (inputEnded) {
            response.release();
            closeWhenWritten();
        } else {
            HalfClose.endOutput(channel);
        }
    }

    private void inputEnds() {
        ResponseSink to = response.sink();
        if (!response.switched() || inputEnded || to == null) {
            return;
        }
        inputEnded = true;
        if (request.ended() || request.broken()) {
            response.release();
            closeWhenWritten();
        }
        to.data(Unpooled.EMPTY_BUFFER, true);
    }

    @Override
    public @Nullable Channel socket() {
        return response.reading() == ResponseReading.CLOSED ? null : request.socket();
    }

    @Override
    public boolean takesMore() {
        return response.reading() != ResponseReading.CLOSED && !request.ended() && !request.broken();
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (response.reading() != ResponseReading.CLOSED) {
            request.trailers(trailers);
            if (response.reading() == ResponseReading.EARLY) {
                switchLater();
            }
        }
    }

    @Override
    public void cancel() {
        response.release();
        if (response.raw()) {
            output.flush();
        }
        close();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void pause() {
        HalfClose.read(channel, false);
    }

    @Override
    public void resume() {
        HalfClose.read(channel, true);
    }

    @Override
    public String state() {
        return "HTTP/1.1, " + response.reading() + (lease.used() ? ", used before, " : ", ") + output.state();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        int bytes = in.readableBytes();
        response.read(in);
        Splicing.consider(bytes, loop, channel, response);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        rest();
        loop.flushes().flush();
    }

    /**
     * The response is whole. Bytes behind it were not asked for, and a request that is not read makes its rest the next one:
     * both make the connection unsafe to use again. What was received together is read first.
     */
    @Override
    public void whole(ByteBuf rest) {
        response.release();
        lease.use(rest);
        if (response.mayBeFollowed() && request.complete() && !lease.retired() && !rest.isReadable()) {
            response.idle();
            lease.rest();
            channel.config().setAutoRead(true);
        } else {
            close();
        }
    }

    /** All that was received is read: gives the connection back if it is still fit for use. */
    private void rest() {
        if (!lease.wake()) {
            return;
        }
        if (lease.retired()) {
            close();
        } else if (response.reading() == ResponseReading.IDLE) {
            lease.giveBack();
        }
    }

    @Override
    public void failed(Failure failure) {
        ResponseSink to = response.release();
        close();
        if (to != null) {
            to.failed(failure);
        }
    }

    private void close() {
        leave();
        output.discard();
        var unused = channel.close();
    }

    private void closeWhenWritten() {
        leave();
        output.flush();
        HalfClose.endBoth(channel);
    }

    private void leave() {
        response.close();
        lease.end();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (HalfClose.isEndOfInput(event)) {
            inputEnds();
            loop.flushes().flush();
        } else if (ending.isGoodbye(event)) {
            endOfTls();
        }
        ctx.fireUserEventTriggered(event);
    }

    /** The endpoint has said that it sends no more: what ends with the connection is whole. */
    private void endOfTls() {
        ResponseSink to = response.sink();
        if (response.endsWithConnection() && to != null) {
            response.release();
            close();
            to.data(Unpooled.EMPTY_BUFFER, true);
            loop.flushes().flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ResponseSink to = response.sink();
        if (to != null) {
            to.writable();
        }
        loop.flushes().flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ResponseSink to = response.release();
        boolean inBody = response.reading() == ResponseReading.BODY;
        close();
        if (to != null) {
            Failure cut = inBody ? ending.cut(response.raw() && !inputEnded) : ending.cutBefore(response.begun());
            if (cut == null) {
                to.data(Unpooled.EMPTY_BUFFER, true);
            } else {
                to.failed(cut);
            }
        }
        loop.flushes().flush();
    }

    /** What was received is still read when writing fails: the endpoint may have answered before it closed. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!request.breaks(cause)) {
            ending.broke(cause);
            var unused = ctx.close();
        }
    }
}
