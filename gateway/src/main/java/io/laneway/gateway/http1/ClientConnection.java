package io.laneway.gateway.http1;

import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.head.ResponseHead;
import io.laneway.gateway.loop.HeldBytes;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.ResponseSink;
import io.laneway.gateway.stream.UpstreamConnection;
import io.laneway.gateway.stream.UpstreamStream;
import io.laneway.gateway.stream.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection to an endpoint, and the one stream that it carries at a time. It is given back to its pool when
 * all that was received with the end of a response is read. Confined to its event loop.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter implements UpstreamConnection, UpstreamStream {

    private static final int SWITCHING = 101;

    private final Loop loop;
    private final Lease lease;
    private final Channel channel;
    private final Output output;
    private final Sending request;
    private final Ending ending;
    private final ResponseHead head = new ResponseHead();
    private final ResponseParser parser;
    private final BodyReader body;
    private final HeldBytes held = new HeldBytes();
    private ResponseReading reading = ResponseReading.IDLE;
    private @Nullable ResponseSink sink;
    private boolean switched;
    private boolean inputEnded;
    private boolean heard;

    /** A connection over a channel that stands; its owner is told separately that it takes streams. */
    public ClientConnection(Loop loop, Http1Settings settings, Owner owner, Channel channel) {
        this.loop = loop;
        this.lease = new Lease(owner, this);
        this.channel = channel;
        this.output = new Output(channel, loop.flushes());
        this.request = new Sending(channel, output);
        this.ending = new Ending(channel);
        this.parser = new ResponseParser(head, settings.headBytes(), settings.headers() * 2, Http1Settings.KEEP_BYTES);
        this.body = new BodyReader(settings.headBytes(), settings.headers(), true);
    }

    @Override
    public void open(ResponseSink sink) {
        this.sink = sink;
        parser.reset();
        reading = ResponseReading.HEAD;
        request.begin();
        sink.opened(this);
    }

    @Override
    public int free() {
        return reading == ResponseReading.IDLE && !lease.isResting() && !lease.retired() && channel.isActive() ? 1 : 0;
    }

    @Override
    public @Nullable InetAddress remote() {
        return channel.remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
    }

    @Override
    public int streams() {
        return sink == null ? 0 : 1;
    }

    @Override
    public void retire() {
        lease.retire();
        if (sink == null && !lease.isResting()) {
            close();
        }
    }

    @Override
    public boolean reused() {
        return lease.used();
    }

    @Override
    public void head(RequestHead head, boolean end) {
        request.head(head, end);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (reading == ResponseReading.CLOSED) {
            data.release();
            return;
        }
        request.data(data, end);
        if (end && switched) {
            outputEnds();
        } else if (end && reading == ResponseReading.EARLY) {
            switchLater();
        }
    }

    /** In a turn of its own, since its caller may still be telling the end of the body. */
    private void switchLater() {
        loop.eventLoop().execute(() -> {
            ResponseSink to = sink;
            if (to == null || reading != ResponseReading.EARLY) {
                return;
            }
            informational(to);
            channel.config().setAutoRead(true);
            ByteBuf rest = held.take();
            if (rest != null) {
                read(rest);
            }
            loop.flushes().flush();
        });
    }

    /** With TLS our direction ends when the endpoint's does. */
    private void outputEnds() {
        output.flush();
        if (inputEnded) {
            sink = null;
            closeWhenWritten();
        } else {
            HalfClose.endOutput(channel);
        }
    }

    private void inputEnds() {
        ResponseSink to = sink;
        if (!switched || inputEnded || to == null) {
            return;
        }
        inputEnded = true;
        if (request.ended() || request.broken()) {
            sink = null;
            closeWhenWritten();
        }
        to.data(Unpooled.EMPTY_BUFFER, true);
    }

    @Override
    public boolean takesMore() {
        return reading != ResponseReading.CLOSED && !request.ended() && !request.broken();
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (reading != ResponseReading.CLOSED) {
            request.trailers(trailers);
            if (reading == ResponseReading.EARLY) {
                switchLater();
            }
        }
    }

    @Override
    public void cancel() {
        sink = null;
        if (body.raw()) {
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
        channel.config().setAutoRead(false);
    }

    @Override
    public void resume() {
        channel.config().setAutoRead(true);
    }

    @Override
    public String state() {
        return "HTTP/1.1, " + reading + (lease.used() ? ", used before, " : ", ") + output.state();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        read((ByteBuf) msg);
    }

    private void read(ByteBuf in) {
        try {
            boolean more = true;
            while (more && in.isReadable()) {
                more = switch (reading) {
                    case HEAD -> head(in);
                    case BODY -> body(in);
                    case IDLE -> {
                        if (!isFrames(in)) {
                            lease.unasked(in);
                        }
                        close();
                        yield false;
                    }
                    case EARLY -> {
                        held.hold(in.retain(), channel.alloc());
                        yield false;
                    }
                    case CLOSED -> false;
                };
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        rest();
        loop.flushes().flush();
    }

    private boolean head(ByteBuf in) {
        ResponseSink to = sink;
        if (!heard && isFrames(in)) {
            fail(Failure.NOT_HTTP1);
            return false;
        }
        if (!parser.begun() && !request.isAhead()) {
            lease.unasked(in);
            fail(Failure.RESET_BEFORE_RESPONSE);
            return false;
        }
        HeadReader.Result result = parser.read(in, request.method());
        if (result == HeadReader.Result.MORE || to == null) {
            return false;
        }
        if (result == HeadReader.Result.FAILED) {
            fail(parser.failure());
            return false;
        }
        if (head.informational()) {
            if (head.status() == SWITCHING && !request.upgrade()) {
                fail(Violation.SWITCHING.inResponseHead());
                return false;
            }
            if (head.status() == SWITCHING && request.hasBodyBeforeSwitch()) {
                reading = ResponseReading.EARLY;
                channel.config().setAutoRead(false);
            } else {
                informational(to);
            }
            return true;
        }
        body.startResponse(head.bodyLength(), parser.chunked());
        boolean end = body.ended();
        if (end) {
            ended(in);
        } else {
            reading = ResponseReading.BODY;
        }
        to.head(head, end);
        return true;
    }

    /** Whether the first bytes of a connection are frames of HTTP/2: settings or a goodbye, which begin with a zero octet. */
    private boolean isFrames(ByteBuf in) {
        if (heard) {
            return false;
        }
        heard = true;
        boolean frames = in.getByte(in.readerIndex()) == 0;
        lease.heard(frames);
        return frames;
    }

    private void informational(ResponseSink to) {
        if (head.status() == SWITCHING) {
            reading = ResponseReading.BODY;
            switched = true;
            HalfClose.allow(channel);
            body.startRaw();
            request.switchToRaw();
        }
        to.informational(head);
        if (reading == ResponseReading.HEAD) {
            parser.reset();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the buffer itself, or a slice of it
    private boolean body(ByteBuf in) {
        ResponseSink to = sink;
        ByteBuf data = body.next(in);
        if (data == null || to == null) {
            if (body.malformed()) {
                fail(body.violation().inResponseBody());
                return false;
            }
            return in.isReadable();
        }
        boolean whole = data == in;
        boolean end = body.ended();
        HeaderLines trailers = end ? body.trailers() : null;
        if (end) {
            ended(whole ? Unpooled.EMPTY_BUFFER : in);
        }
        if (trailers == null) {
            to.data(data, end);
        } else {
            data.release();
            to.trailers(trailers);
        }
        return !whole;
    }

    /**
     * The response is whole. Bytes behind it were not asked for, and a request that is not read makes its rest the next one:
     * both make the connection unsafe to use again. What was received together is read first.
     */
    private void ended(ByteBuf rest) {
        sink = null;
        lease.use(rest);
        if (parser.keepAlive()
                && request.complete()
                && !lease.retired()
                && !rest.isReadable()
                && !body.raw()
                && !body.odd()) {
            reading = ResponseReading.IDLE;
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
        } else if (reading == ResponseReading.IDLE) {
            lease.giveBack();
        }
    }

    private void fail(Failure failure) {
        ResponseSink to = sink;
        sink = null;
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
        reading = ResponseReading.CLOSED;
        held.free();
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
        ResponseSink to = sink;
        if (reading == ResponseReading.BODY && body.raw() && !switched && to != null) {
            sink = null;
            close();
            to.data(Unpooled.EMPTY_BUFFER, true);
            loop.flushes().flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (sink != null) {
            sink.writable();
        }
        loop.flushes().flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ResponseSink to = sink;
        sink = null;
        boolean inBody = reading == ResponseReading.BODY;
        close();
        if (to != null) {
            Failure cut = inBody ? ending.cut(body.raw() && !inputEnded) : ending.cutBefore(parser.begun());
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
