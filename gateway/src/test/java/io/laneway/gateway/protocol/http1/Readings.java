package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.runtime.eventloop.Flushes;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What our reader makes of bytes, as text to compare, and how our writer would pass it on. */
final class Readings {

    private static final int BYTES = 4096;

    private Readings() {}

    /** A message that was read to its end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Message(String start, List<String> lines, String data, String body, byte[] forwarded) {
        String text() {
            return start + "\n" + String.join("\n", lines) + "\n\n" + body;
        }
    }

    /** The requests at the start of a stream that come in pieces; the first that is refused or not whole ends it. */
    static List<Message> requests(byte[]... pieces) {
        RequestHead head = new RequestHead();
        RequestParser parser = new RequestParser(head, BYTES, 1024, 40, BYTES);
        BodyReader body = new BodyReader(BYTES, 40, false);
        List<Message> messages = new ArrayList<>();
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        boolean inHead = true;
        for (byte[] piece : pieces) {
            ByteBuf in = Unpooled.wrappedBuffer(piece);
            while (in.isReadable()) {
                if (inHead) {
                    HeadReader.Result result = parser.read(in);
                    if (result == HeadReader.Result.FAILED) {
                        return messages;
                    }
                    if (result == HeadReader.Result.MORE) {
                        break;
                    }
                    startBody(body, head.bodyLength());
                    inHead = false;
                    collected.reset();
                }
                collect(body, in, collected);
                if (body.malformed()) {
                    return messages;
                }
                if (body.ended()) {
                    messages.add(message(head, collected.toString(StandardCharsets.ISO_8859_1), body));
                    if (!parser.keepAlive() || head.upgrade() || head.method() == Method.CONNECT) {
                        return messages;
                    }
                    parser.reset();
                    inHead = true;
                }
            }
        }
        return messages;
    }

    private static void startBody(BodyReader body, long length) {
        if (length < 0) {
            body.startChunked();
        } else {
            body.startLength(length);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the buffer itself, or a slice of it
    private static void collect(BodyReader body, ByteBuf in, ByteArrayOutputStream into) {
        while (!body.ended() && in.isReadable()) {
            ByteBuf data = body.next(in);
            if (data == null) {
                return;
            }
            boolean whole = data == in;
            byte[] bytes = new byte[data.readableBytes()];
            data.getBytes(data.readerIndex(), bytes);
            into.writeBytes(bytes);
            data.release();
            if (whole) {
                in.skipBytes(in.readableBytes());
            }
        }
    }

    private static Message message(RequestHead head, String data, BodyReader body) {
        if (!head.hasAuthority()) {
            // the exchange writes the host of the service
            head.lines().remove(Field.HOST);
            head.lines().add(Field.HOST.header(), "a.test");
            head.authorityIs("a.test");
        }
        Slice method = new Slice();
        Slice target = new Slice();
        Slice authority = new Slice();
        head.method(method);
        head.target(target);
        head.authority(authority);
        HeaderLines trailers = body.trailers();
        String start = text(method) + " " + text(target) + " @" + text(authority) + " " + head.bodyLength();
        List<String> last = trailers == null ? List.of() : lines(trailers);
        String all = data + (last.isEmpty() ? "" : "\n" + String.join("\n", last));
        return new Message(start, lines(head.lines()), data, all, forwarded(head, data, trailers));
    }

    /** The bytes that an endpoint would be sent. */
    private static byte[] forwarded(RequestHead head, String data, @Nullable HeaderLines trailers) {
        EmbeddedChannel channel = new EmbeddedChannel();
        Flushes flushes = new Flushes();
        RequestWriter writer = new RequestWriter(new ConnectionOutput(channel, flushes));
        boolean bare = head.bodyLength() == 0;
        writer.head(head, bare);
        if (!bare) {
            ByteBuf bytes = Unpooled.copiedBuffer(data, StandardCharsets.ISO_8859_1);
            writer.data(bytes, trailers == null);
            if (trailers != null) {
                writer.trailers(trailers);
            }
        }
        flushes.flush();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuf written = channel.readOutbound(); written != null; written = channel.readOutbound()) {
            byte[] bytes = new byte[written.readableBytes()];
            written.readBytes(bytes);
            written.release();
            out.writeBytes(bytes);
        }
        channel.finishAndReleaseAll();
        return out.toByteArray();
    }

    /** The final answer to a GET, or null if it is refused or not whole. */
    static @Nullable Message response(byte[]... pieces) {
        ResponseHead head = new ResponseHead();
        ResponseParser parser = new ResponseParser(head, BYTES, 40, BYTES);
        BodyReader body = new BodyReader(BYTES, 40, true);
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        boolean inHead = true;
        for (byte[] piece : pieces) {
            ByteBuf in = Unpooled.wrappedBuffer(piece);
            if (inHead) {
                HeadReader.Result result = parser.read(in, Method.GET);
                if (result == HeadReader.Result.FAILED) {
                    return null;
                }
                if (result == HeadReader.Result.MORE) {
                    continue;
                }
                boolean untilClose = head.bodyLength() < 0 && !parser.chunked();
                if (head.status() < 200 || untilClose) {
                    return null;
                }
                startBody(body, head.bodyLength());
                inHead = false;
            }
            collect(body, in, collected);
            if (body.malformed()) {
                return null;
            }
            if (body.ended()) {
                String data = collected.toString(StandardCharsets.ISO_8859_1);
                return new Message(String.valueOf(head.status()), lines(head.lines()), data, data, new byte[0]);
            }
        }
        return null;
    }

    private static List<String> lines(HeaderLines lines) {
        List<String> shown = new ArrayList<>();
        Slice slice = new Slice();
        for (int line = 0; line < lines.count(); line++) {
            if (!lines.isRemoved(line) && lines.field(line) != Field.HOST) {
                slice.set(lines.array(), lines.nameOffset(line), lines.nameLength(line));
                String name = text(slice);
                lines.value(line, slice);
                shown.add(name + ": " + text(slice));
            }
        }
        return shown;
    }

    private static String text(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), StandardCharsets.ISO_8859_1);
    }
}
