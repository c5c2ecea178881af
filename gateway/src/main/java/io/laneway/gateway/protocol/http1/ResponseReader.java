package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Malformed;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.eventloop.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The response's direction of an endpoint's connection: reads heads, bodies and what follows a change of protocol, and hands
 * them to the one stream that is open. Confined to one event loop; used again for response after response.
 */
final class ResponseReader {

    private static final int SWITCHING = 101;

    private final Channel channel;
    private final RequestSending request;
    private final PoolLease lease;
    private final Listener listener;
    private final ResponseHead head = new ResponseHead();
    private final ResponseParser parser;
    private final BodyReader body;
    private final HeldBytes held = new HeldBytes();
    private ResponseReading reading = ResponseReading.IDLE;
    private @Nullable ResponseSink sink;
    private boolean switched;

    /** Hears what a response means for its connection. Confined to the same event loop. */
    interface Listener {

        /** The response is whole, these bytes came behind it, and its last piece is still to be handed on. */
        void whole(ByteBuf rest);

        /** What comes is of no use: the connection ends, and with it the stream that is open, if any. */
        void failed(Failure failure);
    }

    ResponseReader(
            Http1Settings settings, Channel channel, RequestSending request, PoolLease lease, Listener listener) {
        this.channel = channel;
        this.request = request;
        this.lease = lease;
        this.listener = listener;
        this.parser = new ResponseParser(head, settings.headBytes(), settings.headers() * 2, Http1Settings.KEEP_BYTES);
        this.body = new BodyReader(settings.headBytes(), settings.headers(), true);
    }

    /** A stream is opened: its response comes next. */
    void begin(ResponseSink to) {
        sink = to;
        parser.reset();
        reading = ResponseReading.HEAD;
    }

    ResponseReading reading() {
        return reading;
    }

    /** The stream that is open. */
    @Nullable
    ResponseSink sink() {
        return sink;
    }

    /** The stream that was open: nothing more is handed to it from here. */
    @Nullable
    ResponseSink release() {
        ResponseSink was = sink;
        sink = null;
        return was;
    }

    /** The connection waits for its next stream. */
    void idle() {
        reading = ResponseReading.IDLE;
    }

    /** The connection has ended, or is about to. */
    void close() {
        reading = ResponseReading.CLOSED;
        held.free();
    }

    /** Whether bytes of a head have come. */
    boolean begun() {
        return parser.begun();
    }

    /** Whether the endpoint has changed the protocol. */
    boolean switched() {
        return switched;
    }

    /** Whether what is read ends with the connection, or never. */
    boolean raw() {
        return body.raw();
    }

    /** Whether the end of the connection is to be the end of the body. */
    boolean endsWithConnection() {
        return reading == ResponseReading.BODY && body.raw() && !switched;
    }

    /** Whether another response may follow this one, by how it was framed. */
    boolean mayBeFollowed() {
        return parser.keepAlive() && !body.raw() && !body.odd();
    }

    /** Takes ownership. */
    void read(ByteBuf in) {
        try {
            boolean more = true;
            while (more && in.isReadable()) {
                more = switch (reading) {
                    case HEAD -> head(in);
                    case BODY -> body(in);
                    case IDLE -> lease.isFrames(in) ? fail(Failure.NOT_HTTP1) : unsolicited(in);
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

    private boolean head(ByteBuf in) {
        ResponseSink to = sink;
        if (lease.isFrames(in)) {
            return fail(Failure.NOT_HTTP1);
        }
        if (!parser.begun() && !request.isAhead() && (lease.used() || StatusLineReader.mayBegin(in))) {
            return unsolicited(in);
        }
        HeadReader.Result result = parser.read(in, request.method());
        if (result == HeadReader.Result.MORE || to == null) {
            return false;
        }
        if (result == HeadReader.Result.FAILED) {
            return fail(parser.failure());
        }
        if (head.informational()) {
            return informational(to);
        }
        body.startResponse(head.bodyLength(), parser.chunked());
        boolean end = body.ended();
        if (end) {
            listener.whole(in);
        } else {
            reading = ResponseReading.BODY;
        }
        to.head(head, end);
        return true;
    }

    /** A 101 that comes before the body of the request is through waits for that, with all that follows it. */
    private boolean informational(ResponseSink to) {
        boolean switching = head.status() == SWITCHING;
        if (switching && !request.upgrade()) {
            return fail(Malformed.responseHead(Violation.SWITCHING));
        }
        if (switching && request.hasBodyBeforeSwitch()) {
            reading = ResponseReading.EARLY;
            channel.config().setAutoRead(false);
        } else if (switching) {
            switchOver(to);
        } else {
            to.informational(head);
            if (reading == ResponseReading.HEAD) {
                parser.reset();
            }
        }
        return true;
    }

    private void switchOver(ResponseSink to) {
        reading = ResponseReading.BODY;
        switched = true;
        HalfClose.allow(channel);
        body.startRaw();
        request.switchToRaw();
        to.informational(head);
    }

    /** The body of the request is through: what waited for that is read. */
    void readHeld() {
        ResponseSink to = sink;
        if (to == null || reading != ResponseReading.EARLY) {
            return;
        }
        switchOver(to);
        channel.config().setAutoRead(true);
        ByteBuf rest = held.take();
        if (rest != null) {
            read(rest);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the buffer itself, or a slice of it
    private boolean body(ByteBuf in) {
        ResponseSink to = sink;
        ByteBuf data = body.next(in);
        if (data == null || to == null) {
            return body.malformed() ? fail(Malformed.responseBody(body.violation())) : in.isReadable();
        }
        boolean whole = data == in;
        boolean end = body.ended();
        HeaderLines trailers = end ? body.trailers() : null;
        if (end) {
            listener.whole(whole ? Unpooled.EMPTY_BUFFER : in);
        }
        if (trailers == null) {
            to.data(data, end);
        } else {
            data.release();
            to.trailers(trailers);
        }
        return !whole;
    }

    /** Bytes came before they can have been asked for. */
    private boolean unsolicited(ByteBuf in) {
        lease.unsolicited(in);
        return fail(Failure.RESET_BEFORE_RESPONSE);
    }

    private boolean fail(Failure failure) {
        listener.failed(failure);
        return false;
    }
}
