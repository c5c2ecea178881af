package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes a body as its head announced it: as it is, chunked (RFC 9112 section 7.1), or not at all. Confined to one event loop. */
final class BodyWriter {

    /** How a body is framed. */
    enum Framing {
        /** There must be none; what comes is dropped. */
        NONE,
        /** Bytes as they are: of known length, until close, tunnels. */
        PLAIN,
        CHUNKED
    }

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FRAME = 32;

    private final ConnectionOutput output;
    private Framing framing = Framing.NONE;

    BodyWriter(ConnectionOutput output) {
        this.output = output;
    }

    void start(Framing framing) {
        this.framing = framing;
    }

    Framing framing() {
        return framing;
    }

    /** Writes bytes; takes ownership. */
    void data(ByteBuf data, boolean end) {
        if (framing == Framing.NONE) {
            data.release();
        } else if (framing == Framing.PLAIN) {
            plain(data);
        } else {
            chunk(data, end);
        }
    }

    /** Ends the body with trailers, if its framing can carry them. */
    void trailers(@Nullable HeaderLines trailers) {
        if (framing != Framing.CHUNKED) {
            return;
        }
        if (trailers == null) {
            output.room(LAST_CHUNK.length).writeBytes(LAST_CHUNK);
            return;
        }
        ByteBuf out = output.room(trailers.sizeHint() + FRAME);
        out.writeBytes(LAST_CHUNK, 0, 3);
        trailers.writeTo(out);
        out.writeByte('\r').writeByte('\n');
    }

    private void plain(ByteBuf data) {
        if (data.isReadable()) {
            output.data(data);
        } else {
            data.release();
        }
    }

    private void chunk(ByteBuf data, boolean end) {
        if (data.isReadable()) {
            hex(output.room(FRAME), data.readableBytes());
            output.data(data);
            output.room(FRAME).writeByte('\r').writeByte('\n');
        } else {
            data.release();
        }
        if (end) {
            trailers(null);
        }
    }

    private static void hex(ByteBuf out, int n) {
        int shift = (31 - Integer.numberOfLeadingZeros(n)) & ~3;
        for (; shift >= 0; shift -= 4) {
            out.writeByte(HEX[(n >>> shift) & 0xf]);
        }
        out.writeByte('\r').writeByte('\n');
    }
}
