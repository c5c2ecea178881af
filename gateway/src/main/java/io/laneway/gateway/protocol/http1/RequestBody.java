package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Malformed;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The body of a client's request as it comes: handed on, or read over for a while to keep the connection when its
 * response was given before. Used again for the next request. Confined to its event loop.
 */
final class RequestBody {

    /** How much of a body is read over. */
    private static final long MAX_DISCARD = 256 * 1024;

    private final BodyReader reader;
    private long discarded;

    RequestBody(Http1Settings settings) {
        reader = new BodyReader(settings.headBytes(), settings.headers(), false);
    }

    void start(long length) {
        reader.start(length);
        discarded = 0;
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
        handOn(data, sink);
        return true;
    }

    /** Drops a piece; whether reading over is still worth it. */
    private boolean readOver(ByteBuf data) {
        discarded += data.readableBytes();
        data.release();
        return discarded <= MAX_DISCARD;
    }
}
