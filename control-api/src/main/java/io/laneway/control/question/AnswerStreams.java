package io.laneway.control.question;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The answers that continue, by their question, and what ends each. Safe for many threads. */
final class AnswerStreams {

    private final Map<String, Set<Runnable>> open = new ConcurrentHashMap<>();

    /**
     * A streamed answer begins.
     *
     * @param end   ends it; safe for many threads, does nothing when it has ended
     * @param asked whether the question is open; looked at once the answer is known here
     * @return to be run once it has ended
     */
    Runnable begin(String question, Runnable end, BooleanSupplier asked) {
        open.compute(question, (id, all) -> {
            Set<Runnable> streams = all == null ? ConcurrentHashMap.newKeySet() : all;
            streams.add(end);
            return streams;
        });
        if (!asked.getAsBoolean()) {
            end.run();
        }
        return () -> open.computeIfPresent(question, (id, all) -> {
            all.remove(end);
            return all.isEmpty() ? null : all;
        });
    }

    /** Ends those of one question. */
    void end(String question) {
        Set<Runnable> all = open.remove(question);
        if (all != null) {
            List.copyOf(all).forEach(Runnable::run);
        }
    }
}
