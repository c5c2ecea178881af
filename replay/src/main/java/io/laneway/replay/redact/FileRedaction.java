package io.laneway.replay.redact;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedSocket;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Redacts the records of a file, in their order: the parts of each WebSocket, which lie among other records, have one
 * {@link RedactionSession}. Confined to one thread.
 */
public final class FileRedaction {

    /** WebSockets whose last part has not come: of more, the one that was heard of longest ago is forgotten. */
    static final int MAX_OPEN = 1024;

    private final Redactor redactor;
    private final Map<SocketKey, RedactionSession> open = new LinkedHashMap<>();

    /** What parts of one WebSocket have in common. */
    private record SocketKey(String id, Instant time, String client) {}

    public FileRedaction(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The next record with pseudonyms in place of its secrets. */
    public RecordedExchange redact(RecordedExchange next) {
        RecordedSocket socket = next.socket();
        if (socket == null) {
            return redactor.redact(next);
        }
        SocketKey key = new SocketKey(next.id(), next.time(), next.client());
        RedactionSession known = open.remove(key);
        RedactionSession session = known == null ? new RedactionSession(redactor) : known;
        if (!socket.last()) {
            keep(key, session);
        }
        return session.redact(next);
    }

    private void keep(SocketKey key, RedactionSession session) {
        open.put(key, session);
        if (open.size() > MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
        }
    }
}
