package io.laneway.replay.socket;

import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedFrame;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a WebSocket: puts the fragments of a message together (RFC 6455, 5.4). Only what comes before the first
 * byte that is not there is kept of a message, since what a secret is cannot be seen behind it. Confined to one thread.
 */
final class Direction {

    private final Extensions extensions;
    private final Inflation inflation;
    private final int most;
    private final SocketRoom room;
    private @Nullable ByteArrayOutputStream message;
    private Duration after = Duration.ZERO;
    private int opcode;
    private int fragments;
    private long size;
    private boolean compressed;
    private boolean cut;
    private String unreadable = "";

    Direction(Extensions extensions, boolean keeps, int most, SocketRoom room) {
        this.extensions = extensions;
        this.inflation = new Inflation(keeps, most, room);
        this.most = most;
        this.room = room;
    }

    void add(RawFrame frame, Consumer<RecordedFrame> out) {
        if (frame.missed() > 0) {
            cut = true;
            if (extensions.deflate()) {
                inflation.lost();
            }
        }
        if (frame.control()) {
            out.accept(control(frame));
            return;
        }
        if (message != null && frame.opcode() != 0) {
            // a peer that begins another message has ended the first
            end(frame.client(), out);
        }
        ByteArrayOutputStream to = message == null ? begin(frame) : message;
        fragments++;
        size += frame.length();
        append(to, frame);
        if (frame.fin()) {
            ended(frame.client(), !cut, out);
        }
    }

    private ByteArrayOutputStream begin(RawFrame frame) {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        message = begun;
        after = frame.after();
        opcode = frame.opcode();
        fragments = 0;
        size = 0;
        compressed = frame.compressed() && extensions.deflate();
        cut = frame.opcode() == 0;
        unreadable = cut ? "its beginning was missed" : unreadable(frame);
        return begun;
    }

    private String unreadable(RawFrame frame) {
        if (!extensions.other().isEmpty()) {
            return "extension: " + extensions.other();
        }
        return frame.reserved() && !compressed ? "an extension that was not agreed on" : "";
    }

    private void append(ByteArrayOutputStream to, RawFrame frame) {
        byte[] plain = frame.plain();
        int wanted = cut || !unreadable.isEmpty() ? 0 : Math.min(plain.length, most - to.size());
        if (wanted > 0 && room.take(wanted)) {
            to.write(plain, 0, wanted);
        } else {
            wanted = 0;
        }
        cut |= wanted < frame.length();
    }

    /** What has not ended ends with the WebSocket. */
    void end(boolean client, Consumer<RecordedFrame> out) {
        if (message != null) {
            ended(client, false, out);
        }
    }

    private void ended(boolean client, boolean whole, Consumer<RecordedFrame> out) {
        byte[] bytes = message == null ? new byte[0] : message.toByteArray();
        room.give(bytes.length);
        message = null;
        cut = false;
        out.accept(new RecordedFrame(client, after, opcode, fragments, 0, body(bytes, whole)));
    }

    private RecordedBody body(byte[] bytes, boolean whole) {
        RecordedBody plain = new RecordedBody(bytes, size, !whole, null, null);
        if (!unreadable.isEmpty()) {
            return plain.without(unreadable);
        }
        if (!compressed) {
            return text(plain);
        }
        if (inflation.broken()) {
            return plain.without(Extensions.DEFLATE + ": one before was not kept whole");
        }
        Inflated inflated = inflation.inflate(bytes, whole);
        return inflated == null
                ? plain.without(Extensions.DEFLATE + ": damaged")
                : text(new RecordedBody(inflated.bytes(), size, inflated.cut(), Extensions.DEFLATE, null));
    }

    /** Text ends with a whole character, also where it was cut. */
    private RecordedBody text(RecordedBody body) {
        return body.cut() && opcode == RecordedFrame.TEXT ? body.with(Utf8End.whole(body.bytes())) : body;
    }

    private static RecordedFrame control(RawFrame frame) {
        byte[] plain = frame.plain();
        boolean coded = frame.opcode() == RecordedFrame.CLOSE && plain.length >= 2;
        int code = coded ? ((plain[0] & 0xff) << 8) | (plain[1] & 0xff) : 0;
        byte[] rest = coded ? Arrays.copyOfRange(plain, 2, plain.length) : plain;
        long length = frame.length() - (coded ? 2 : 0);
        RecordedBody body =
                length == 0 ? RecordedBody.NONE : new RecordedBody(rest, length, !frame.whole(), null, null);
        return new RecordedFrame(frame.client(), frame.after(), frame.opcode(), 1, code, body);
    }

    /** Gives back what it holds. */
    void close() {
        room.give(message == null ? 0 : message.size());
        message = null;
        inflation.close();
    }
}
