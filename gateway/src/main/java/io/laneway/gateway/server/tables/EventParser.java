package io.laneway.gateway.server.tables;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes server-sent events apart (HTML standard, section 9.2.6), in whatever pieces the bytes come. Fields other than
 * {@code event} and {@code data} say nothing to us. Confined to one thread.
 */
final class EventParser {

    /** Receives events. */
    interface Receiver {
        void event(String name, byte[] data);
    }

    /** Largest event, in bytes. */
    static final int MAX_EVENT = 64 * 1024 * 1024;

    private static final int KEPT = 64 * 1024;

    private final Receiver receiver;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private ByteArrayOutputStream data = new ByteArrayOutputStream();
    private String name = "";
    private boolean afterReturn;

    EventParser(Receiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Takes the next bytes.
     *
     * @throws IllegalStateException if an event is too large
     */
    void bytes(byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                afterReturn = false;
                continue;
            }
            line.write(bytes, start, i - start);
            start = i + 1;
            if (b == '\r' || !afterReturn) {
                endLine();
            }
            afterReturn = b == '\r';
        }
        line.write(bytes, start, bytes.length - start);
        if (line.size() + data.size() > MAX_EVENT) {
            throw new IllegalStateException("event of more than " + MAX_EVENT + " bytes");
        }
    }

    private void endLine() {
        if (line.size() == 0) {
            dispatch();
            return;
        }
        byte[] text = line.toByteArray();
        line = reusable(line);
        int colon = 0;
        while (colon < text.length && text[colon] != ':') {
            colon++;
        }
        int value = colon + (colon + 1 < text.length && text[colon + 1] == ' ' ? 2 : 1);
        field(new String(text, 0, colon, StandardCharsets.UTF_8), text, Math.min(value, text.length));
    }

    private void field(String field, byte[] text, int from) {
        if (field.equals("event")) {
            name = new String(text, from, text.length - from, StandardCharsets.UTF_8);
        } else if (field.equals("data")) {
            if (data.size() > 0) {
                data.write('\n');
            }
            data.write(text, from, text.length - from);
        }
    }

    private void dispatch() {
        if (data.size() > 0) {
            receiver.event(name, data.toByteArray());
        }
        data = reusable(data);
        name = "";
    }

    /** A buffer that grew for a whole table is not kept for the small changes that follow. */
    private static ByteArrayOutputStream reusable(ByteArrayOutputStream buffer) {
        if (buffer.size() > KEPT) {
            return new ByteArrayOutputStream();
        }
        buffer.reset();
        return buffer;
    }
}
