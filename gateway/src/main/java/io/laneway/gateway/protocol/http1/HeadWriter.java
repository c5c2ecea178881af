package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.head.StatusLine;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes neutral heads in HTTP/1.1 form: a start line, the lines that stay, lines of our own. Stateless. */
final class HeadWriter {

    /** Room to add for the lines of our own. */
    static final int OWN = 192;

    static final byte[] CHUNKED = line("transfer-encoding: chunked");
    static final byte[] EMPTY = line("content-length: 0");
    static final byte[] CLOSE = line("connection: close");
    static final byte[] KEEP_ALIVE = line("connection: keep-alive");
    static final byte[] UPGRADE = line("connection: upgrade");
    static final byte[] TRAILERS = line("te: trailers\r\nconnection: te");
    static final byte[] END = {'\r', '\n'};

    private static final byte[] VERSION = line(" HTTP/1.1");

    private HeadWriter() {}

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The request's start line and lines, without the empty line behind them. */
    static void request(ByteBuf out, RequestHead head) {
        HeaderLines lines = head.lines();
        if (head.intactStart() >= 0) {
            lines.writeWithStart(out);
            return;
        }
        byte[] array = lines.array();
        out.writeBytes(array, 0, head.methodLength());
        out.writeByte(' ');
        out.writeBytes(array, head.targetOffset(), head.targetLength());
        out.writeBytes(VERSION);
        lines.writeTo(out);
    }

    /** The response's status line and lines, without the empty line behind them. */
    static void response(ByteBuf out, ResponseHead head) {
        if (head.intactStart() >= 0) {
            head.lines().writeWithStart(out);
            return;
        }
        out.writeCharSequence(StatusLine.of(head.status()), StandardCharsets.ISO_8859_1);
        head.lines().writeTo(out);
    }
}
