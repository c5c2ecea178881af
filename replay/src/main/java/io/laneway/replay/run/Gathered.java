package io.laneway.replay.run;

import io.laneway.replay.file.RecordedDirectory;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recorded requests as they are read, as many as there is room for. Confined to one thread. */
public final class Gathered {

    /** What a request takes in memory beside its texts and bodies, roughly. */
    private static final long OVERHEAD = 1_000;

    private final RecordedRequests.Room room;
    private final List<RecordedExchange> kept = new ArrayList<>();
    private long left;
    private long bytes;

    /** Nothing is read yet. */
    public Gathered(RecordedRequests.Room room) {
        this.room = room;
    }

    /** Reads the files of a directory and of those below it, by name; nothing where it is not there. */
    public static RecordedRequests read(Path directory, RecordedRequests.Room room) throws IOException {
        Gathered gathered = new Gathered(room);
        new RecordedDirectory(directory).read(gathered::add);
        return gathered.requests();
    }

    /** Takes the next one; those behind the first that has no room are only counted. */
    public void add(RecordedExchange record) {
        if (record.continues()) {
            return;
        }
        RecordedExchange next = withoutFrames(record);
        bytes += left == 0 ? size(next) : 0;
        if (left > 0 || kept.size() >= room.requests() || bytes > room.bytes()) {
            left++;
        } else {
            kept.add(next);
        }
    }

    /** What was read. */
    public RecordedRequests requests() {
        return new RecordedRequests(kept, left);
    }

    /** Frames are not sent. */
    private static RecordedExchange withoutFrames(RecordedExchange record) {
        RecordedSocket socket = record.socket();
        return socket == null ? record : record.with(socket.with(List.of()));
    }

    private static long size(RecordedExchange exchange) {
        RecordedRequest request = exchange.request();
        long size = OVERHEAD + request.target().length() + request.body().bytes().length + fields(request.headers());
        return exchange.response() == null
                ? size
                : size
                        + exchange.response().body().bytes().length
                        + fields(exchange.response().headers());
    }

    private static long fields(List<Field> fields) {
        return fields.stream()
                .mapToLong(field -> 80L + field.name().length() + field.value().length())
                .sum();
    }
}
