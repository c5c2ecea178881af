package io.laneway.replay.file;

import io.laneway.replay.form.RecordedExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a file by request id, trace id, path and lane (the served one). Made by reading the file once; a hundred
 * bytes a request and none of its bodies. Immutable.
 */
public final class RecordingIndex {

    private final Path file;
    private final List<IndexEntry> entries;
    private final Map<String, List<IndexEntry>> ids = new HashMap<>();
    private final Map<String, List<IndexEntry>> traces = new HashMap<>();
    private final Map<String, List<IndexEntry>> paths = new HashMap<>();
    private final Map<String, List<IndexEntry>> lanes = new HashMap<>();
    private final @Nullable Tail tail;

    private RecordingIndex(Path file, List<IndexEntry> entries, @Nullable Tail tail) {
        this.file = file;
        this.entries = List.copyOf(entries);
        this.tail = tail;
        for (IndexEntry entry : this.entries) {
            add(ids, entry.id(), entry);
            add(traces, entry.trace(), entry);
            add(paths, entry.path(), entry);
            add(lanes, entry.lane(), entry);
        }
    }

    /** Reads the file. */
    public static RecordingIndex of(Path file) throws IOException {
        List<IndexEntry> entries = new ArrayList<>();
        Map<String, String> known = new HashMap<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                entries.add(new IndexEntry(
                        reader.line(),
                        reader.memberStart(),
                        reader.linesBefore(),
                        next.id(),
                        next.trace(),
                        once(known, next.request().path()),
                        once(known, next.decision().served())));
            }
            return new RecordingIndex(file, entries, reader.tail());
        }
    }

    private static String once(Map<String, String> known, String text) {
        String before = known.putIfAbsent(text, text);
        return before == null ? text : before;
    }

    private static void add(Map<String, List<IndexEntry>> map, String key, IndexEntry entry) {
        if (!key.isEmpty()) {
            map.computeIfAbsent(key, any -> new ArrayList<>(1)).add(entry);
        }
    }

    /** All of them, in the file's order. */
    public List<IndexEntry> entries() {
        return entries;
    }

    /** What was left behind the last whole member, null if nothing was. */
    public @Nullable Tail tail() {
        return tail;
    }

    /** Those with this request id: one a gateway that it passed. */
    public List<IndexEntry> byId(String id) {
        return ids.getOrDefault(id, List.of());
    }

    /** Those of this trace. */
    public List<IndexEntry> byTrace(String trace) {
        return traces.getOrDefault(trace, List.of());
    }

    /** Those for exactly this path. */
    public List<IndexEntry> byPath(String path) {
        return paths.getOrDefault(path, List.of());
    }

    /** Those that this lane served. */
    public List<IndexEntry> byLane(String lane) {
        return lanes.getOrDefault(lane, List.of());
    }

    /** Reads the request again; only its member is read. */
    public RecordedExchange read(IndexEntry entry) throws IOException {
        try (RecordingReader reader = RecordingReader.at(file, entry)) {
            RecordedExchange next = reader.next();
            while (next != null && reader.line() < entry.line()) {
                next = reader.next();
            }
            if (next == null || !next.id().equals(entry.id())) {
                throw new RecordingDamaged(file.toString(), entry.line(), "another request", "the file of the index");
            }
            return next;
        }
    }
}
