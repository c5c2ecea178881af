package io.laneway.gateway.server.replay;

import io.laneway.replay.file.OwnerFile;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.run.Gathered;
import io.laneway.replay.run.RecordedRequests;
import io.laneway.replay.run.ReplayFiles;
import io.laneway.router.text.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recordings of a gateway, wherever they are, and what their replays got: {@code replays} of its data directory.
 * Confined to one thread at a time; blocks.
 */
final class ReplayStore {

    /** Results of earlier replays that stay, for {@code laneway diff} with other rules. */
    private static final int KEPT = 4;

    private static final int REQUESTS = 100_000;
    private static final long BYTES = 256L << 20;
    private static final int SHARE_OF_HEAP = 8;

    private final Path data;
    private final Function<String, @Nullable RecordedSource> kept;

    /** @param kept finds the requests of a recording, null if there are none */
    ReplayStore(Path data, Function<String, @Nullable RecordedSource> kept) {
        this.data = data;
        this.kept = kept;
    }

    /** The requests that this gateway recorded, as many as there is room for. */
    RecordedRequests recorded(String recording) throws IOException {
        long bytes = Math.min(BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        Gathered gathered = new Gathered(new RecordedRequests.Room(REQUESTS, bytes));
        RecordedSource source = kept.apply(recording);
        if (source != null) {
            source.read(gathered::add);
        }
        RecordedRequests recorded = gathered.requests();
        if (recorded.requests().isEmpty()) {
            throw new IOException(
                    "recording " + recording + ": no requests on this gateway (expected: one that recorded some)");
        }
        return recorded;
    }

    /** Where a replay is to write, with room made for it. */
    Path results(String replay) throws IOException {
        Path directory = data.resolve("replays");
        OwnerFile.directories(directory);
        List<Path> earlier = results(directory);
        for (Path file : earlier.subList(Math.min(KEPT, earlier.size()), earlier.size())) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(ReplayFiles.journal(file));
        }
        return directory.resolve(Slug.of(replay) + ".jsonl.gz");
    }

    /** The newest first. */
    private static List<Path> results(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> results = new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".jsonl.gz")).toList());
            results.sort(Comparator.comparing(ReplayStore::written).reversed());
            return results;
        }
    }

    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            // taken away since it was listed
            return 0;
        }
    }
}
