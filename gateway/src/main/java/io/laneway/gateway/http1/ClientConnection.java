package io.laneway.gateway.http1;

import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.Method;
import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.head.ResponseHead;
import io.laneway.gateway.loop.HeldBytes;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.ResponseSink;
import io.laneway.gateway.stream.UpstreamConnection;
import io.laneway.gateway.stream.UpstreamStream;
import io.laneway.gateway.stream.Violation;
import io.laneway.gateway.tls.HandshakeFailures;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection to an endpoint, and the one stream that it carries at a time. It is given back to its pool
 * before the end of an answer is told, so that what the end sets off may use it. Confined to its event loop.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter implements UpstreamConnection, UpstreamStream {

    private enum Reading {
        /** No stream: whatever comes was not asked for. */
        IDLE,
        HEAD,
        BODY,
        /** It switches before the body of the request is sent: what follows is held until then. */
        EARLY,
        /** The connection takes no more streams. */
        CLOSED
    }

    private static final int SWITCHING = 101;

    private final Loop loop;
    private final Owner owner;
    private final Channel channel;
    private final Output output;
    private final RequestWriter writer;
    private final ResponseHead head = new ResponseHead();
    private final ResponseParser parser;
    private final BodyReader body;
    private final HeldBytes held = new HeldBytes();
    private Reading reading = Reading.IDLE;
    private @Nullable ResponseSink sink;
    private Method method = Method.OTHER;
    private boolean upgrade;
    private boolean upgradeWithBody;
    private boolean switched;
    private boolean inputEnded;
    private boolean requestEnded = true;
    private boolean retired;
    private boolean used;
    private boolean gone;
    private Failure unanswered = Failure.RESET_BEFORE_RESPONSE;

    /** A connection over a channel that stands; its owner is told separately that it takes streams. */
    public ClientConnection(Loop loop, Http1Settings settings, Owner owner, Channel channel) {
        this.loop = loop;
        this.owner = owner;
        this.channel = channel;
        this.output = new Output(channel, loop.flushes());
        this.writer = new RequestWriter(output);
        this.parser = new ResponseParser(head, settings.headBytes(), settings.headers() * 2, Http1Settings.KEEP_BYTES);
        this.body = new BodyReader(settings.headBytes(), settings.headers(), true);
    }

    @Override
    public void open(ResponseSink sink) {
        this.sink = sink;
        parser.reset();
        reading = Reading.HEAD;
        requestEnded = false;
        sink.opened(this);
    }

    @Override
    public int free() {
        return reading == Reading.IDLE && !retired && channel.isActive() ? 1 : 0;
    }

    @Override
    public int streams() {
        return sink == null ? 0 : 1;
    }

    @Override
    public void retire() {
        retired = true;
        if (sink == null) {
            close();
        }
    }

    @Override
    public boolean reused() {
        return used;
    }

    @Override
    public void head(RequestHead request, boolean end) {
        method = request.method();
        upgrade = request.upgrade();
        upgradeWithBody = upgrade && request.bodyLength() != 0;
        requestEnded = end;
        writer.head(request, end);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (reading == Reading.CLOSED) {
            data.release();
            return;
        }
        requestEnded |= end;
        writer.data(data, end);
        if (end && switched) {
            outputEnds();
        } else if (end && reading == Reading.EARLY) {
            switchLater();
        }
    }

    /** In a turn of its own, since its caller may still be telling the end of the body. */
    private void switchLater() {
        loop.eventLoop().execute(() -> {
            ResponseSink to = sink;
            if (to == null || reading != Reading.EARLY) {
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
        if (requestEnded) {
            sink = null;
            closeWhenWritten();
        }
        to.data(Unpooled.EMPTY_BUFFER, true);
    }

    @Override
    public boolean takesMore() {
        return reading != Reading.CLOSED && !requestEnded;
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (reading != Reading.CLOSED) {
            requestEnded = true;
            writer.trailers(trailers);
            if (reading == Reading.EARLY) {
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
        loop.flushes().flush();
    }

    private boolean head(ByteBuf in) {
        ResponseSink to = sink;
        HeadReader.Result result = parser.read(in, method);
        if (result == HeadReader.Result.MORE || to == null) {
            return false;
        }
        if (result == HeadReader.Result.FAILED) {
            fail(parser.failure());
            return false;
        }
        if (head.informational()) {
            if (head.status() == SWITCHING && !upgrade) {
                fail(Violation.SWITCHING.inResponseHead());
                return false;
            }
            if (head.status() == SWITCHING && upgradeWithBody && !requestEnded) {
                reading = Reading.EARLY;
                channel.config().setAutoRead(false);
            } else {
                informational(to);
            }
            return true;
        }
        startBody();
        boolean end = body.ended();
        if (end) {
            ended(in);
        } else {
            reading = Reading.BODY;
        }
        to.head(head, end);
        return true;
    }

    private void informational(ResponseSink to) {
        if (head.status() == SWITCHING) {
            reading = Reading.BODY;
            switched = true;
            requestEnded &= !upgradeWithBody;
            HalfClose.allow(channel);
            body.startRaw();
            writer.switchToRaw();
        }
        to.informational(head);
        if (reading == Reading.HEAD) {
            parser.reset();
        }
    }

    private void startBody() {
        long length = head.bodyLength();
        if (length >= 0) {
            body.startLength(length);
        } else if (parser.chunked()) {
            body.startChunked();
        } else {
            body.startRaw();
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

    /** The answer is whole; bytes behind it were not asked for and make the connection unsafe to use again. */
    private void ended(ByteBuf rest) {
        sink = null;
        used = true;
        if (parser.keepAlive() && requestEnded && !retired && !rest.isReadable() && !body.raw() && !body.odd()) {
            reading = Reading.IDLE;
            channel.config().setAutoRead(true);
            owner.available(this);
        } else {
            close();
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
        reading = Reading.CLOSED;
        held.free();
        if (!gone) {
            gone = true;
            owner.gone(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (HalfClose.isEndOfInput(event)) {
            inputEnds();
            loop.flushes().flush();
        }
        ctx.fireUserEventTriggered(event);
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
        boolean inBody = reading == Reading.BODY;
        close();
        if (to != null) {
            if (inputEnded) {
                to.failed(Failure.RESET_IN_RESPONSE);
            } else if (inBody && body.raw()) {
                to.data(Unpooled.EMPTY_BUFFER, true);
            } else if (inBody) {
                to.failed(Failure.RESET_IN_RESPONSE);
            } else {
                to.failed(parser.begun() ? Failure.RESET_IN_HEAD : unanswered);
            }
        }
        loop.flushes().flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String refusal = HandshakeFailures.refusal(cause);
        if (refusal == null) {
            Link.log(cause);
        } else {
            unanswered = Failure.tls(refusal);
        }
        var unused = ctx.close();
    }
}
