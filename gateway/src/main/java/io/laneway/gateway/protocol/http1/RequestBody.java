package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Malformed;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.runtime.eventloop.LinkedBypass;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a client's request as it comes: handed on, or read over for a while to keep the connection when its
 * response was given before. Used again for the next request. Confined to its event loop.
 */
final class RequestBody implements LinkedBypass {

    /** How much of a body is read over. */
    private static final long MAX_DISCARD = 256 * 1024;

    private final Http1Settings settings;
    private final ConnectionChannel link;
    private final Supplier<RequestSink> taker;
    private final BodyReader reader;
    private long discarded;

    /** @param taker gives what takes the bytes that come next */
    RequestBody(Http1Settings settings, ConnectionChannel link, Supplier<RequestSink> taker) {
        this.settings = settings;
        this.link = link;
        this.taker = taker;
        reader = new BodyReader(settings.headBytes(), settings.headers(), false);
    }

    void start(long length) {
        reader.start(length);
        discarded = 0;
    }

    /** Whatever follows is that of a tunnel or another protocol. */
    void startRaw() {
        reader.startRaw();
    }

    /** Hands on all that has come of that; false, as nothing is left. */
    boolean raw(ByteBuf in) {
        int bytes = in.readableBytes();
        taker.get().data(in.retain(), false);
        link.brought(bytes, this);
        return false;
    }

    /** The next piece, the buffer itself if all of it is body; null if there is none yet or the rest is malformed. */
    @Nullable
    ByteBuf next(ByteBuf in) {
        return reader.next(in);
    }

    boolean ended() {
        return reader.ended();
    }

    boolean malformed() {
        return reader.malformed();
    }

    /** What is wrong with a malformed one. */
    Failure failure() {
        return Malformed.requestBody(reader.violation());
    }

    private void handOn(ByteBuf data, RequestSink sink) {
        boolean end = reader.ended();
        HeaderLines trailers = end ? reader.trailers() : null;
        if (trailers == null) {
            sink.data(data, end);
        } else {
            data.release();
            sink.trailers(trailers);
        }
    }

    /** Hands a piece on, or drops it if its request is answered; false once that is not worth it any more. */
    boolean take(ByteBuf data, RequestSink sink, boolean responded) {
        if (responded) {
            return readOver(data);
        }
        int bytes = data.readableBytes();
        handOn(data, sink);
        link.brought(bytes, this);
        return true;
    }

    @Override
    public @Nullable Bypass next() {
        return taker.get().requestBypass();
    }

    @Override
    public long bound() {
        return reader.unread();
    }

    @Override
    public void passed(int bytes) {
        reader.passed(bytes);
        if (!reader.raw()) {
            link.deadline(settings.bodyTime());
        }
        LinkedBypass.super.passed(bytes);
    }

    /** Drops a piece; whether reading over is still worth it. */
    private boolean readOver(ByteBuf data) {
        discarded += data.readableBytes();
        data.release();
        return discarded <= MAX_DISCARD;
    }
}
