package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Malformed;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.protocol.stream.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request to an endpoint and its response, an HTTP/2 stream once its head is written. Confined to one event loop.
 */
final class Http2ClientStream implements UpstreamStream, StreamEnd {

    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");
    private static final AsciiString TE = AsciiString.cached("te");
    private static final AsciiString TRAILERS = AsciiString.cached("trailers");
    private static final long UPGRADE_FIELDS = Field.HOST.bit() | Field.UPGRADE.bit() | Field.SEC_WEBSOCKET_KEY.bit();

    /** What a stream asks of its connection beside frames. */
    interface Host {

        /** Whether the endpoint takes an extended CONNECT (RFC 8441 section 3). */
        boolean extended();

        AsciiString scheme();

        /** The id of the next stream. */
        int nextId();

        /** Whether the peer has said that it did not work on this stream. */
        boolean refused(Http2Stream stream);

        /** Why the endpoint refuses us by our certificate, null if it does not. */
        @Nullable
        Failure refusal();

        /** A stream that was opened is over. */
        void release();
    }

    private final FrameHandler connection;
    private final Host host;
    private final boolean reused;
    private @Nullable ResponseSink sink;
    private @Nullable Http2Stream stream;
    private @Nullable StreamOutput output;
    private @Nullable ExtendedConnect switching;
    private @Nullable Failure ending;
    private Method method = Method.OTHER;
    private final BodyLength length = new BodyLength(RequestHead.UNKNOWN_LENGTH);
    private final HeldWindow window = new HeldWindow();
    private boolean requestEnded;
    private boolean responded;
    private boolean switched;
    private boolean inputEnded;
    private boolean gone;

    Http2ClientStream(FrameHandler connection, Host host, ResponseSink sink, boolean reused) {
        this.connection = connection;
        this.host = host;
        this.sink = sink;
        this.reused = reused;
    }

    @Override
    public void head(RequestHead request, boolean end) {
        method = request.method();
        if (request.upgrade() && ExtendedConnect.isPossible(request)) {
            if (!host.extended()) {
                fail(RequestFailures.NO_UPGRADE);
                return;
            }
            switching = new ExtendedConnect(request);
        }
        boolean bare = end || (request.upgrade() && switching == null && request.bodyLength() == 0);
        requestEnded = bare;
        FieldEncoder out = connection.out;
        out.start();
        requestFields(out, request);
        int id = host.nextId();
        ChannelFuture written = connection.writeFields(id, out, bare);
        Http2Stream made = connection.connection().stream(id);
        if (made == null) {
            fail(written.isDone() && !written.isSuccess() ? Failure.RESET_BEFORE_RESPONSE : Failure.REFUSED);
            return;
        }
        stream = made;
        output = connection.own(made, this);
    }

    private void requestFields(FieldEncoder out, RequestHead request) {
        byte[] array = request.lines().array();
        AsciiString target = new AsciiString(array, request.targetOffset(), request.targetLength(), true);
        ExtendedConnect upgrade = switching;
        out.put(
                PseudoHeaderName.METHOD.value(),
                upgrade == null ? new AsciiString(array, 0, request.methodLength(), true) : CONNECT);
        if (upgrade != null) {
            out.put(PseudoHeaderName.PROTOCOL.value(), upgrade.protocol());
        }
        out.put(PseudoHeaderName.SCHEME.value(), host.scheme());
        out.put(PseudoHeaderName.PATH.value(), target);
        HeaderLines lines = request.lines();
        int host = lines.find(Field.HOST, 0);
        if (host >= 0 && lines.valueLength(host) > 0) {
            out.put(
                    PseudoHeaderName.AUTHORITY.value(),
                    new AsciiString(array, lines.valueOffset(host), lines.valueLength(host), true));
        }
        if (request.acceptsTrailers()) {
            out.put(TE, TRAILERS);
        }
        out.putLines(lines, upgrade == null ? Field.HOST.bit() | Field.UPGRADE.bit() : UPGRADE_FIELDS);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        Http2Stream to = stream;
        if (to == null || gone || requestEnded || (!end && !data.isReadable())) {
            data.release();
            return;
        }
        requestEnded = end;
        if (end && inputEnded) {
            sink = null;
        }
        connection.writeData(to, data, end);
    }

    @Override
    public void trailers(HeaderLines trailers) {
        Http2Stream to = stream;
        if (to == null || gone || requestEnded) {
            return;
        }
        if (trailers.count() == 0) {
            data(Unpooled.EMPTY_BUFFER, true);
            return;
        }
        requestEnded = true;
        FieldEncoder out = new FieldEncoder();
        out.putLines(trailers, 0);
        connection.writeFields(to.id(), out, true);
    }

    @Override
    public boolean takesMore() {
        return !gone && !requestEnded;
    }

    @Override
    public void cancel() {
        sink = null;
        if (gone) {
            return;
        }
        Http2Stream open = stream;
        if (open == null) {
            gone = true;
            host.release();
        } else {
            connection.writeReset(open.id(), Http2Error.CANCEL);
        }
    }

    @Override
    public boolean isWritable() {
        StreamOutput to = output;
        return to != null && !gone && to.isWritable();
    }

    @Override
    public void pause() {
        window.pause();
    }

    @Override
    public void resume() {
        window.resume();
        Http2Stream from = stream;
        int bytes = window.release();
        if (bytes > 0 && from != null && !gone) {
            connection.giveBack(from, bytes);
        }
    }

    @Override
    public String state() {
        Http2Stream open = stream;
        return "HTTP/2, " + (open == null ? "no stream" : "stream " + open.id() + " " + open.state())
                + ", " + window
                + (isWritable() ? "" : ", takes nothing");
    }

    @Override
    public boolean reused() {
        return reused;
    }

    @Override
    public @Nullable SocketAddress peer() {
        return connection.context().channel().remoteAddress();
    }

    @Override
    public boolean multiplexed() {
        return true;
    }

    boolean responded() {
        return responded;
    }

    boolean toHead() {
        return method == Method.HEAD;
    }

    void head(ResponseHead head, boolean end) {
        ResponseSink to = sink;
        if (to == null) {
            return;
        }
        if (head.informational()) {
            to.informational(head);
            return;
        }
        responded = true;
        ExtendedConnect upgrade = switching;
        if (upgrade != null && head.status() < 300 && !end) {
            switched = true;
            to.informational(upgrade.response(head));
            return;
        }
        length.announce(end ? RequestHead.UNKNOWN_LENGTH : head.bodyLength());
        if (end) {
            responseEnded();
        }
        to.head(head, end);
    }

    @Override
    public int data(ByteBuf data, int padding, boolean end) throws Http2Exception {
        int n = data.readableBytes();
        ResponseSink to = sink;
        if (to == null) {
            return n + padding;
        }
        if (!responded || !length.takes(n, end)) {
            throw malformed(responded ? Violation.BODY_LENGTH : Violation.PSEUDO_FIELD);
        }
        if (end) {
            responseEnded();
        } else if (n == 0) {
            return padding;
        }
        to.data(n == 0 ? Unpooled.EMPTY_BUFFER : data.retainedSlice(), end);
        return window.credit(n + padding, !gone && sink != null);
    }

    void responseTrailers(HeaderLines trailers) throws Http2Exception {
        ResponseSink to = sink;
        if (to == null) {
            return;
        }
        if (length.open()) {
            throw malformed(Violation.BODY_LENGTH);
        }
        responseEnded();
        if (trailers.count() == 0) {
            to.data(Unpooled.EMPTY_BUFFER, true);
        } else {
            to.trailers(trailers);
        }
    }

    /** The endpoint's response breaks the rules: what the frame reader throws then. */
    Http2Exception malformed(Violation violation) {
        ending = responded ? Malformed.responseBody(violation) : Malformed.responseHead(violation);
        int id = stream == null ? 0 : stream.id();
        return Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, ending.detail());
    }

    /** The response is whole. An endpoint that still awaits our request gets RST_STREAM. */
    private void responseEnded() {
        Http2Stream open = stream;
        if (switched && !requestEnded) {
            inputEnded = true;
            return;
        }
        sink = null;
        if (!requestEnded && open != null) {
            requestEnded = true;
            connection.writeReset(open.id(), Http2Error.CANCEL);
        }
    }

    private void fail(Failure failure) {
        ResponseSink to = sink;
        sink = null;
        if (!gone) {
            gone = true;
            host.release();
        }
        if (to != null) {
            to.failed(failure);
        }
    }

    @Override
    public void reset(long errorCode) {
        if (ending == null && errorCode == Http2Error.REFUSED_STREAM.code() && !responded) {
            ending = Failure.REFUSED;
        }
    }

    @Override
    public void closed() {
        Http2Stream closed = stream;
        Failure failure = ending;
        if (failure == null) {
            if (closed != null && host.refused(closed)) {
                failure = Failure.REFUSED;
            } else {
                failure = responded ? Failure.RESET_IN_RESPONSE : beforeResponse();
            }
        }
        fail(failure);
    }

    private Failure beforeResponse() {
        Failure refusal = host.refusal();
        return refusal == null ? Failure.RESET_BEFORE_RESPONSE : refusal;
    }

    @Override
    public void writable() {
        ResponseSink to = sink;
        if (to != null) {
            to.writable();
        }
    }
}
