package io.laneway.replay.socket;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses the messages of one direction (RFC 7692, 7.2). Between messages it keeps what they may refer to, 32 KiB at
 * most, and nothing outside the heap. One that cannot be read whole leaves nothing to refer to, so that those behind it
 * cannot be read, unless each is compressed by itself. Confined to one thread.
 */
final class Inflation {

    private static final byte[] TAIL = {0, 0, -1, -1};
    private static final int WINDOW = 32 << 10;
    private static final int CHUNK = 8192;

    /** A few bytes may stand for a great many. */
    private static final int MOST_OUT = 16 << 20;

    private final boolean keeps;
    private final int most;
    private final SocketRoom room;
    private byte[] window = new byte[0];
    private boolean broken;

    /**
     * For one direction.
     *
     * @param keeps whether messages refer to earlier ones
     * @param most bytes that are kept of a message
     */
    Inflation(boolean keeps, int most, SocketRoom room) {
        this.keeps = keeps;
        this.most = most;
        this.room = room;
    }

    /** A message was not kept whole. */
    void lost() {
        if (keeps) {
            broken = true;
            close();
        }
    }

    /** Whether messages cannot be read any more. */
    boolean broken() {
        return broken;
    }

    /** The message, up to the bound; null if it is none. */
    @Nullable
    Inflated inflate(byte[] compressed, boolean whole) {
        Inflater inflater = new Inflater(true);
        try {
            return inflate(inflater, compressed, whole);
        } catch (DataFormatException e) {
            lost();
            return null;
        } finally {
            inflater.end();
        }
    }

    private Inflated inflate(Inflater inflater, byte[] compressed, boolean whole) throws DataFormatException {
        if (window.length > 0) {
            inflater.setDictionary(window);
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] latest = window;
        long out = 0;
        byte[] chunk = new byte[CHUNK];
        byte[] in = whole ? withTail(compressed) : compressed;
        inflater.setInput(in);
        int count = inflater.inflate(chunk);
        while (count > 0 && out < MOST_OUT) {
            out += count;
            kept.write(chunk, 0, Math.min(count, most - kept.size()));
            latest = keeps ? latest(latest, chunk, count) : latest;
            count = inflater.inflate(chunk);
        }
        boolean all = whole && count == 0;
        if (!all || !remember(latest)) {
            lost();
        }
        return new Inflated(kept.toByteArray(), !all || out > kept.size());
    }

    private static byte[] withTail(byte[] compressed) {
        byte[] in = Arrays.copyOf(compressed, compressed.length + TAIL.length);
        System.arraycopy(TAIL, 0, in, compressed.length, TAIL.length);
        return in;
    }

    /** The last 32 KiB of both. */
    private static byte[] latest(byte[] before, byte[] chunk, int count) {
        int length = Math.min(WINDOW, before.length + count);
        byte[] latest = new byte[length];
        int old = length - count;
        System.arraycopy(before, before.length - old, latest, 0, old);
        System.arraycopy(chunk, 0, latest, old, count);
        return latest;
    }

    private boolean remember(byte[] latest) {
        if (!keeps) {
            return true;
        }
        int more = latest.length - window.length;
        if (more > 0 && !room.take(more)) {
            return false;
        }
        window = latest;
        return true;
    }

    /** Gives back what it holds. */
    void close() {
        room.give(window.length);
        window = new byte[0];
    }
}
