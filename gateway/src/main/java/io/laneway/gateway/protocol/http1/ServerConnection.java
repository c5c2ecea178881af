package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DiscardedBody;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Drain;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestHandler;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1.1 connection: reads its requests, one at a time and in order, and hands them to the {@link
 * RequestHandler}; what a client pipelines waits until the response before it is written. Confined to its event loop.
 */
public final class ServerConnection extends ResponseHost {

    private final Loop loop;
    private final Http1Settings settings;
    private final RequestHandler handler;
    private final DownstreamPeer peer;
    private final @Nullable ProtocolSwitch successor;
    private final Channel channel;
    private final RequestHead head = new RequestHead();
    private final RequestParser parser;
    private final RequestBody body;
    private final ConnectionChannel link;
    private final ResponseWriter response;
    private RequestReading reading = RequestReading.HEAD;
    private RequestSink sink = DiscardedBody.SINK;
    private boolean keepAlive;
    private boolean draining;
    private boolean awaitsContinue;
    private boolean processing;
    private boolean lost;
    private boolean inputEnded;

    /**
     * @param successor continues in HTTP/2 when the client asks for that; null where it may not
     * @param channel   is to be read by it
     */
    public ServerConnection(
            Loop loop,
            Http1Settings settings,
            RequestHandler handler,
            DownstreamPeer peer,
            @Nullable ProtocolSwitch successor,
            Channel channel) {
        this.loop = loop;
        this.settings = settings;
        this.handler = handler;
        this.peer = peer;
        this.successor = successor;
        this.channel = channel;
        this.parser = new RequestParser(
                head, settings.headBytes(), settings.uriBytes(), settings.headers(), Http1Settings.KEEP_BYTES);
        ConnectionOutput output = new ConnectionOutput(channel, loop.flushes());
        this.link = new ConnectionChannel(loop, channel, output, settings.idleTime(), this::expired);
        this.body = new RequestBody(settings, link, this::taker);
        this.response = new ResponseWriter(this, output);
        link.deadline(settings.idleTime());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        if (link.holds()) {
            link.hold(in);
        } else {
            process(in);
        }
    }

    private RequestSink taker() {
        boolean takes = reading == RequestReading.BODY || (reading == RequestReading.RAW && !inputEnded);
        return takes ? sink : DiscardedBody.SINK;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.flushes().flush();
    }

    private void process(ByteBuf in) {
        processing = true;
        try {
            boolean more = true;
            while (more && in.isReadable()) {
                more = switch (reading) {
                    case HEAD -> head(in);
                    case BODY -> body(in);
                    case RESPONDING -> {
                        link.hold(in.retain());
                        yield false;
                    }
                    case RAW -> body.raw(in);
                    case CLOSING -> link.ignores();
                };
            }
        } finally {
            processing = false;
            in.release();
        }
    }

    private boolean head(ByteBuf in) {
        boolean fresh = !parser.begun();
        HeadReader.Result result = parser.read(in);
        if (result == HeadReader.Result.DONE) {
            if (succeeded(in)) {
                return false;
            }
            begin();
            return true;
        }
        if (result == HeadReader.Result.FAILED) {
            refuse(parser.failure());
            return false;
        }
        if (fresh) {
            link.deadline(settings.headTime());
        }
        return true;
    }

    /** Whether another handler takes over the connection, from what is left in the buffer. */
    private boolean succeeded(ByteBuf in) {
        Slice http2 = parser.http2Settings();
        if (http2 == null || successor == null || draining) {
            return false;
        }
        link.leave();
        if (!successor.takeOver(this, head, http2)) {
            return false;
        }
        reading = RequestReading.CLOSING;
        if (in.isReadable()) {
            channel.pipeline().fireChannelRead(in.retain());
        }
        return true;
    }

    private void begin() {
        keepAlive = parser.keepAlive();
        awaitsContinue = head.expectsContinue();
        boolean switching = head.upgrade() || head.method() == Method.CONNECT;
        boolean end = head.bodyLength() == 0 && !switching;
        if (head.bodyLength() != 0) {
            reading = RequestReading.BODY;
            body.start(head.bodyLength());
            link.deadline(settings.bodyTime());
        } else {
            reading = RequestReading.RESPONDING;
            link.deadline(0);
        }
        response.start(head);
        sink = handler.begin(head, response, end);
        if (response.ended()) {
            sink = DiscardedBody.SINK;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the buffer itself, or a slice of it
    private boolean body(ByteBuf in) {
        ByteBuf data = body.next(in);
        if (data == null) {
            if (body.malformed()) {
                breakOff(body.failure());
                return false;
            }
            return in.isReadable();
        }
        boolean whole = data == in;
        boolean end = body.ended();
        reading = end ? RequestReading.RESPONDING : RequestReading.BODY;
        link.deadline(end ? 0 : settings.bodyTime(response.ended()));
        boolean worthwhile = body.take(data, sink, response.ended());
        if (end && response.ended() && reading == RequestReading.RESPONDING) {
            next();
        } else if (!worthwhile) {
            closing(true);
        }
        return !whole;
    }

    @Override
    void responseWritten() {
        sink = DiscardedBody.SINK;
        if (reading == RequestReading.BODY) {
            if (awaitsContinue || !keepAlive) {
                closing(true);
            } else {
                link.deadline(settings.skipTime());
            }
        } else if (reading == RequestReading.RAW) {
            closing(false);
        } else if (reading == RequestReading.RESPONDING) {
            next();
        }
    }

    private void next() {
        if (!keepAlive) {
            closing(link.holds());
            return;
        }
        parser.reset();
        reading = RequestReading.HEAD;
        link.deadline(draining ? settings.drainTime() : settings.idleTime());
        ByteBuf in = processing ? null : link.unhold();
        if (in != null) {
            process(in);
        }
    }

    private void refuse(Failure failure) {
        keepAlive = false;
        reading = RequestReading.BODY;
        response.start(head);
        handler.refused(head, response, failure);
        if (!response.ended()) {
            response.end();
            closing(true);
        }
    }

    private void breakOff(Failure failure) {
        keepAlive = false;
        if (response.ended()) {
            closing(true);
            return;
        }
        sink.aborted(failure);
        if (reading != RequestReading.CLOSING) {
            response.end();
            closing(true);
        }
    }

    private void closing(boolean mayReceive) {
        reading = RequestReading.CLOSING;
        response.end();
        link.close(mayReceive);
    }

    @Override
    void abort(boolean reset) {
        sink = DiscardedBody.SINK;
        if (reset) {
            reading = RequestReading.CLOSING;
            link.reset();
        } else {
            closing(true);
        }
    }

    @Override
    void switchToRaw() {
        keepAlive = false;
        reading = RequestReading.RAW;
        body.startRaw();
        link.deadline(0);
        link.allowHalfClose();
        link.readHeldLater(this::process);
    }

    @Override
    void endOutput() {
        if (!link.endOutput()) {
            inputEnds();
        }
    }

    /** The client has sent its last byte. */
    private void inputEnds() {
        ByteBuf in = link.unhold();
        if (in != null) {
            process(in);
        }
        if (reading == RequestReading.RAW && !inputEnded) {
            inputEnded = true;
            sink.data(Unpooled.EMPTY_BUFFER, true);
        }
    }

    @Override
    void continued() {
        awaitsContinue = false;
    }

    @Override
    void closeAfterResponse() {
        keepAlive = false;
    }

    @Override
    boolean promisesMore() {
        boolean unwanted = reading == RequestReading.BODY && awaitsContinue;
        if (unwanted || (draining && !link.holds())) {
            keepAlive = false;
        }
        return keepAlive;
    }

    @Override
    boolean isWritable() {
        return link.isWritable();
    }

    @Override
    void pause(boolean pause) {
        link.pause(pause);
        if (reading == RequestReading.BODY) {
            link.deadline(pause ? 0 : settings.bodyTime(response.ended()));
        }
    }

    @Override
    RequestReading reading() {
        return reading;
    }

    @Override
    DownstreamPeer peer() {
        return peer;
    }

    private void expired() {
        if (reading == RequestReading.HEAD && parser.begun()) {
            refuse(HeadFailures.SLOW_HEAD);
        } else if (reading == RequestReading.BODY) {
            breakOff(Failure.SLOW_REQUEST_BODY);
        } else if (!link.waitsForPeer()) {
            link.closeNow();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        sink.writable();
        loop.flushes().flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.EVENT) {
            draining = true;
            if (reading == RequestReading.HEAD && !parser.begun()) {
                link.deadline(settings.drainTime());
            }
        }
        if (event == Drain.LAST) {
            if (reading == RequestReading.RAW) {
                sink.leave();
            } else {
                link.closeNow();
            }
            loop.flushes().flush();
        } else if (HalfClose.isEndOfInput(event)) {
            inputEnds();
            loop.flushes().flush();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (lost) {
            return;
        }
        lost = true;
        boolean midHead = reading == RequestReading.HEAD && parser.begun();
        reading = RequestReading.CLOSING;
        RequestSink last = sink;
        sink = DiscardedBody.SINK;
        boolean open = !response.ended();
        response.end();
        if (open) {
            last.aborted(Failure.CLIENT_GONE);
        } else if (midHead) {
            handler.refused(head, response, Failure.CLIENT_GONE);
        }
        link.free();
        loop.flushes().flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        link.broken(cause);
    }
}
