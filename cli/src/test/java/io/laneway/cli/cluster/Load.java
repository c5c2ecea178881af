package io.laneway.cli.cluster;

import io.laneway.cli.cluster.Calls.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks for one lane again and again, and keeps every answer. */
final class Load {

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CompletableFuture<List<Answer>> answers;

    Load(Calls calls, String lane) {
        answers = CompletableFuture.supplyAsync(() -> {
            List<Answer> all = new ArrayList<>();
            while (running.get()) {
                all.add(calls.get(lane));
            }
            return all;
        });
    }

    /** Stops, and tells every answer. */
    List<Answer> stop() {
        running.set(false);
        return answers.join();
    }
}
