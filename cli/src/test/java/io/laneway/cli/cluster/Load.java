package io.laneway.cli.cluster;

import io.laneway.cli.cluster.Calls.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks for one lane again and again, and keeps every response. */
final class Load {

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CompletableFuture<List<Response>> answers;

    Load(Calls calls, String lane) {
        answers = CompletableFuture.supplyAsync(() -> {
            List<Response> all = new ArrayList<>();
            while (running.get()) {
                all.add(calls.get(lane));
            }
            return all;
        });
    }

    /** Stops, and tells every response. */
    List<Response> stop() {
        running.set(false);
        return answers.join();
    }
}
