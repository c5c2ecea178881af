package io.laneway.replay.socket;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the parts of WebSockets together again, which are held until they end. Confined to one thread. */
public final class WholeSockets {

    private final Map<String, RecordedExchange> open = new LinkedHashMap<>();

    /** Nothing is held. */
    public WholeSockets() {}

    /** The request, whole; null while more of it may come. */
    public @Nullable RecordedExchange add(RecordedExchange record) {
        RecordedSocket socket = record.socket();
        if (socket == null) {
            return record;
        }
        String key = record.decision().gateway() + " " + record.time() + " " + record.id();
        RecordedExchange before = open.get(key);
        RecordedExchange whole = before == null ? record : both(before, record);
        if (socket.last()) {
            open.remove(key);
            return whole;
        }
        open.put(key, whole);
        return null;
    }

    /** Those whose end is not there, in the order of their beginnings. */
    public List<RecordedExchange> rest() {
        List<RecordedExchange> rest = List.copyOf(open.values());
        open.clear();
        return rest;
    }

    private static RecordedExchange both(RecordedExchange before, RecordedExchange next) {
        RecordedSocket first = Objects.requireNonNull(before.socket());
        RecordedSocket second = Objects.requireNonNull(next.socket());
        List<RecordedFrame> frames = new ArrayList<>(first.frames());
        frames.addAll(second.frames());
        Set<String> redacted = new LinkedHashSet<>(before.redacted());
        redacted.addAll(next.redacted());
        return new RecordedExchange(
                before.id(),
                before.trace(),
                before.client(),
                before.time(),
                before.firstByte(),
                next.duration(),
                before.decision(),
                before.request(),
                before.response(),
                new RecordedSocket(first.part(), second.last(), first.missed() + second.missed(), frames),
                next.failure(),
                List.copyOf(redacted));
    }
}
