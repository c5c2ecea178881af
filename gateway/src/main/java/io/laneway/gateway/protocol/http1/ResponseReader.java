package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Malformed;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.runtime.eventloop.HeldBytes;
import io.laneway.gateway.runtime.eventloop.LinkedBypass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The response's direction of an endpoint's connection: reads heads, bodies and what follows a change of protocol, and hands
 * them to the one stream that is open. Confined to one event loop; used again for response after response.
 */
final class ResponseReader implements LinkedBypass {

    private static final int SWITCHING = 101;

    private final Channel channel;
    private final RequestSending request;
    private final PoolLease lease;
    private final Listener listener;
    private final BodyReader body;
    private ResponseParsers parsers;
    /** While a head is read or held. */
    private @Nullable ResponseParser parser;

    private final HeldBytes held = new HeldBytes();
    private ResponseReading reading = ResponseReading.IDLE;
    private @Nullable ResponseSink sink;
    private boolean switched;
    private boolean keepAlive;
    private boolean odd;

    /** Hears what a response means for its connection. Confined to the same event loop. */
    interface Listener {

        /** The response is whole, these bytes came behind it, and its last piece is still to be handed on. */
        void whole(ByteBuf rest);

        /** What comes is of no use: the connection ends, and with it the stream that is open, if any. */
        void failed(Failure failure);
    }

    ResponseReader(
            Http1Settings settings,
            ResponseParsers parsers,
            Channel channel,
            RequestSending request,
            PoolLease lease,
            Listener listener) {
        this.parsers = parsers;
        this.channel = channel;
        this.request = request;
        this.lease = lease;
        this.listener = listener;
        this.body = new BodyReader(settings.headBytes(), settings.headers(), true);
    }

    /** A stream is opened: its response comes next. */
    void begin(ResponseSink to) {
        sink = to;
        reading = ResponseReading.HEAD;
    }

    /** The connection is another event loop's; it waits for its next stream. */
    void moveTo(ResponseParsers ofLoop) {
        parsers = ofLoop;
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
        rest();
    }

    /** Gives the parser back. */
    private void rest() {
        ResponseParser was = parser;
        parser = null;
        if (was != null) {
            parsers.give(was);
        }
    }

    /** Whether bytes of a head have come. */
    boolean begun() {
        return parser != null && parser.begun();
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
        return keepAlive && !body.raw() && !body.odd();
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
        if (!begun() && !request.isAhead() && (lease.used() || StatusLineReader.mayBegin(in))) {
            return unsolicited(in);
        }
        ResponseParser reader = parser == null ? parsers.take() : parser;
        parser = reader;
        HeadReader.Result result = reader.read(in, request.method());
        if (result == HeadReader.Result.MORE || to == null) {
            return false;
        }
        if (result == HeadReader.Result.FAILED) {
            return fail(reader.failure());
        }
        // Whatever becomes of the connection meanwhile, the head stays as it is until it is handed on.
        parser = null;
        odd |= reader.odd();
        boolean more = reader.head().informational() ? informational(to, reader) : head(in, to, reader);
        if (parser == null) {
            parsers.give(reader);
        }
        return more;
    }

    private boolean head(ByteBuf in, ResponseSink to, ResponseParser reader) {
        ResponseHead head = reader.head();
        keepAlive = reader.keepAlive() && !odd;
        body.startResponse(head.bodyLength(), reader.chunked());
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
    private boolean informational(ResponseSink to, ResponseParser reader) {
        boolean switching = reader.head().status() == SWITCHING;
        if (switching && !request.upgrade()) {
            return fail(Malformed.responseHead(Violation.SWITCHING));
        }
        if (switching && request.hasBodyBeforeSwitch()) {
            reading = ResponseReading.EARLY;
            parser = reader;
            channel.config().setAutoRead(false);
        } else if (switching) {
            switchOver(to, reader.head());
        } else {
            to.informational(reader.head());
        }
        return true;
    }

    private void switchOver(ResponseSink to, ResponseHead head) {
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
        ResponseParser reader = parser;
        if (to == null || reader == null || reading != ResponseReading.EARLY) {
            return;
        }
        parser = null;
        switchOver(to, reader.head());
        parsers.give(reader);
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

    @Override
    public @Nullable Bypass next() {
        ResponseSink to = sink;
        return to == null || reading != ResponseReading.BODY ? null : to.responseBypass();
    }

    @Override
    public long bound() {
        return body.unread();
    }

    @Override
    public void passed(int bytes) {
        body.passed(bytes);
        LinkedBypass.super.passed(bytes);
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
