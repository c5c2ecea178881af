package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.http1.BodyWriter.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Writes requests to an endpoint with the framing of HTTP/1.1 (RFC 9112 section 6). Confined to one event loop. */
final class RequestWriter {

    private final ConnectionOutput output;
    private final BodyWriter body;

    RequestWriter(ConnectionOutput output) {
        this.output = output;
        this.body = new BodyWriter(output);
    }

    void head(RequestHead head, boolean end) {
        HeaderLines lines = head.lines();
        ByteBuf out = output.room(lines.sizeHint() + HeadWriter.OWN, head.bodyLength());
        HeadWriter.request(out, head);
        body.start(framing(out, head, end));
        if (head.upgrade()) {
            out.writeBytes(HeadWriter.UPGRADE);
        } else if (head.acceptsTrailers()) {
            out.writeBytes(HeadWriter.TRAILERS);
        }
        out.writeBytes(HeadWriter.END);
    }

    private static Framing framing(ByteBuf out, RequestHead head, boolean end) {
        boolean hasLength = head.lines().find(Field.CONTENT_LENGTH, 0) >= 0;
        if (end || (head.upgrade() && head.bodyLength() == 0)) {
            if (!hasLength && wantsLength(head.method())) {
                out.writeBytes(HeadWriter.EMPTY);
            }
            return Framing.NONE;
        }
        if (hasLength) {
            return Framing.PLAIN;
        }
        out.writeBytes(HeadWriter.CHUNKED);
        return Framing.CHUNKED;
    }

    /** Methods whose meaning expects a body, so that its absence is stated (RFC 9110 section 8.6). */
    private static boolean wantsLength(Method method) {
        return method == Method.POST || method == Method.PUT || method == Method.PATCH;
    }

    void data(ByteBuf data, boolean end) {
        body.data(data, end);
    }

    /** The channel, where bytes of the body go as they are. */
    @Nullable
    Channel socket() {
        return body.framing() == Framing.PLAIN ? output.channel() : null;
    }

    void trailers(HeaderLines trailers) {
        body.trailers(trailers);
    }

    /** From now on bytes pass as they are. */
    void switchToRaw() {
        body.start(Framing.PLAIN);
    }
}
