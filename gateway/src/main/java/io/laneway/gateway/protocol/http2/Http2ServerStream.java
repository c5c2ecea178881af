package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestHandler;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request of a client and the response to it, an HTTP/2 stream. Confined to one event loop. */
final class Http2ServerStream extends TimerEntry implements Downstream, StreamEnd {

    /** How long the rest of a request may still come when its response is whole, before the stream is reset. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

    private final FrameHandler connection;
    private final ServerStreamHost host;
    private final Loop loop;
    private final Http2Stream stream;
    private final StreamOutput output;
    private final RequestHead head;
    private final BodyLength length;
    private final HeldWindow window = new HeldWindow();
    private final Method method;
    private @Nullable RequestSink sink;
    private @Nullable RequestHead trailers;
    private Failure ending = Failure.CLIENT_GONE;
    private @Nullable RequestHandler awaited;
    private boolean requestEnded;
    private boolean begun;
    /** The exchange has said its last word, or cannot say any more. */
    private boolean ended;

    private boolean gone;
    private boolean keepsHead;
    private boolean outputEnded;

    /** @param left bytes of body announced, or {@link RequestHead#UNKNOWN_LENGTH} */
    Http2ServerStream(FrameHandler connection, ServerStreamHost host, Http2Stream stream, RequestHead head, long left) {
        this.connection = connection;
        this.host = host;
        this.loop = connection.loop;
        this.stream = stream;
        this.head = head;
        this.method = head.method();
        this.length = new BodyLength(left);
        this.output = connection.own(stream, this);
    }

    /** A request that hardly has a body waits a moment for its end: an empty frame with it is no body. */
    void begin(RequestHandler handler, boolean end) {
        if (!end && AwaitedEnd.mayBeBare(head, length.left())) {
            awaited = handler;
            loop.deadline(this, AwaitedEnd.TIME);
        } else {
            start(handler, end);
        }
    }

    /** Starts what was waited with; whether anything was. */
    private boolean started(boolean end) {
        RequestHandler handler = awaited;
        awaited = null;
        if (handler != null) {
            loop.wheel().clear(this);
            start(handler, end);
        }
        return handler != null;
    }

    private void start(RequestHandler handler, boolean end) {
        if (end) {
            head.bodyLength(0);
        }
        requestEnded = end;
        boolean tunnel = head.upgrade() || method == Method.CONNECT;
        if (!end && !tunnel) {
            loop.deadline(this, host.bodyTime());
        }
        RequestSink to = handler.begin(head, this, end);
        if (!ended) {
            sink = to;
        } else if (gone) {
            to.aborted(ending);
        }
    }

    /** The head was not acceptable; without a status there is no response. */
    void refuse(RequestHandler handler, Failure failure, boolean end) {
        requestEnded = end;
        gone = failure.status() == 0;
        ended = gone;
        handler.refused(head, this, failure);
        if (gone) {
            host.heads().give(head);
        }
    }

    @Override
    public int data(ByteBuf data, int padding, boolean end) throws Http2Exception {
        int n = data.readableBytes();
        int credit = n + padding;
        FloodDetector floods = host.floods();
        if (!length.takes(n, end)) {
            throw malformed();
        }
        if (n == 0 && !end) {
            floods.control(Offence.EMPTY_DATA_FLOOD, loop.now());
            return credit;
        }
        floods.useful();
        if (started(end && n == 0) && requestEnded) {
            return credit;
        }
        requestEnded = end;
        RequestSink to = sink;
        if (to == null) {
            return ended && !end ? 0 : credit;
        }
        limitBody(end);
        boolean last = end && outputEnded;
        to.data(n == 0 ? Unpooled.EMPTY_BUFFER : data.retainedSlice(), end);
        return window.credit(credit, !ended && !last);
    }

    private void limitBody(boolean end) {
        if (end || begun) {
            loop.wheel().clear(this);
        } else {
            loop.deadline(this, host.bodyTime());
        }
    }

    /** The request breaks the rules in its body: what the frame reader throws then. */
    Http2Exception malformed() {
        ending = RequestFailures.BODY;
        return Http2Exception.streamError(stream.id(), Http2Error.PROTOCOL_ERROR, ending.detail());
    }

    /**
     * Takes trailers, which stay as they are until the response has ended, as the exchange may have to wait with them.
     */
    void requestTrailers(RequestHead holder) throws Http2Exception {
        if (length.open()) {
            throw malformed();
        }
        started(false);
        requestEnded = true;
        loop.wheel().clear(this);
        RequestSink to = sink;
        if (to == null) {
            host.heads().give(holder);
            return;
        }
        trailers = holder;
        if (holder.lines().count() == 0) {
            to.data(Unpooled.EMPTY_BUFFER, true);
        } else {
            to.trailers(holder.lines());
        }
    }

    @Override
    protected void expired() {
        RequestSink to = sink;
        if (started(false)) {
            return;
        }
        if (ended) {
            connection.writeReset(stream.id(), Http2Error.NO_ERROR);
        } else if (!requestEnded && to != null && !window.paused()) {
            to.aborted(Failure.SLOW_REQUEST_BODY);
        }
    }

    @Override
    public void reset(long errorCode) throws Http2Exception {
        if (!ended) {
            host.floods().reset(loop.now());
        }
    }

    @Override
    public void closed() {
        loop.wheel().forget(this);
        gone = true;
        if (ended) {
            return;
        }
        ended = true;
        RequestSink to = sink;
        sink = null;
        if (to != null) {
            to.aborted(ending);
        } else if (awaited != null) {
            awaited.refused(head, this, ending);
        } else {
            return;
        }
        giveHeadsBack();
    }

    private void giveHeadsBack() {
        if (keepsHead) {
            return;
        }
        host.heads().give(head);
        RequestHead holder = trailers;
        trailers = null;
        if (holder != null) {
            host.heads().give(holder);
        }
    }

    @Override
    public void writable() {
        RequestSink to = sink;
        if (to != null) {
            to.writable();
        }
    }

    @Override
    public DownstreamPeer peer() {
        return host.peer();
    }

    @Override
    public void informational(ResponseHead response) {
        if (ended || begun) {
            return;
        }
        boolean switching = response.switching();
        if (switching && !head.upgrade()) {
            return;
        }
        begun = switching;
        if (switching) {
            loop.wheel().clear(this);
        }
        int status = switching ? 200 : response.status();
        FieldEncoder out = connection.out.response(status, response.lines(), switching ? ExtendedConnect.FIELDS : 0);
        connection.writeFields(stream.id(), out, false);
    }

    @Override
    public void head(ResponseHead response, boolean end) {
        if (ended || begun) {
            return;
        }
        begun = true;
        host.floods().useful();
        loop.wheel().clear(this);
        boolean bodiless = method == Method.HEAD || response.neverHasBody();
        FieldEncoder out = connection.out.response(response.status(), response.lines(), Field.UPGRADE.bit());
        ChannelFuture written = connection.writeFields(stream.id(), out, end || bodiless);
        if (end || bodiless) {
            keepsHead = !end;
            finish(written);
        }
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        boolean dropped = ended || outputEnded || (!end && !data.isReadable());
        if (dropped) {
            data.release();
            if (end && !ended) {
                finish(connection.written());
            }
            return;
        }
        host.floods().sent(data.readableBytes());
        ChannelFuture written = connection.writeData(stream, data, end);
        if (end) {
            finish(written);
        }
    }

    @Override
    public void endOutput() {
        if (!ended && !outputEnded) {
            outputEnded = true;
            connection.writeData(stream, Unpooled.EMPTY_BUFFER, true);
        }
    }

    /** The connection is about to be closed. */
    void leave() {
        RequestSink to = sink;
        if (!ended && to != null) {
            to.leave();
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (ended) {
            return;
        }
        if (trailers.count() == 0) {
            data(Unpooled.EMPTY_BUFFER, true);
            return;
        }
        FieldEncoder out = new FieldEncoder();
        out.putLines(trailers, 0);
        finish(connection.writeFields(stream.id(), out, true));
    }

    /**
     * The response is whole. A request that has not ended is not read to its end (RFC 9113 section 8.1): it may end by
     * itself within its window and a short time, as most do that crossed with their response, else it is reset.
     */
    private void finish(ChannelFuture written) {
        over();
        host.floods().completed();
        if (!requestEnded) {
            var unused = written.addListener(done -> {
                if (!requestEnded && !gone) {
                    loop.deadline(this, LINGER);
                }
            });
        }
    }

    private void over() {
        ended = true;
        sink = null;
        loop.wheel().forget(this);
        giveBackHeld();
        giveHeadsBack();
    }

    @Override
    public void reset(Failure failure) {
        if (!ended) {
            over();
            boolean theirs = failure.side() == Failure.Side.DOWNSTREAM;
            connection.writeReset(stream.id(), theirs ? Http2Error.CANCEL : Http2Error.INTERNAL_ERROR);
        }
    }

    @Override
    public boolean hearsTrailers() {
        return true;
    }

    @Override
    public String state() {
        return "HTTP/2, stream " + stream.id() + " " + stream.state() + ", " + window
                + (output.isWritable() ? "" : ", takes nothing");
    }

    @Override
    public long arriving() {
        return host.arriving();
    }

    @Override
    public boolean isWritable() {
        return !ended && output.isWritable();
    }

    @Override
    public void pause() {
        window.pause();
    }

    @Override
    public void resume() {
        window.resume();
        giveBackHeld();
    }

    private void giveBackHeld() {
        int bytes = window.release();
        if (bytes > 0 && !gone) {
            connection.giveBack(stream, bytes);
        }
    }
}
