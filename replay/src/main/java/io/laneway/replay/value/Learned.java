package io.laneway.replay.value;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedResponse;
import org.jspecify.annotations.Nullable;

/**
 * Which value of one client's replay stands for which recorded one: those that recorded and replayed response have in
 * the same place. Later requests send the new value wherever they have the recorded one as a whole word. Confined to one
 * thread.
 */
final class Learned {

    private final Words words = new Words();

    /** Which value stands for which. */
    Words words() {
        return words;
    }

    /** Learns from what was recorded, what was sent, and what came instead. */
    void learn(RecordedExchange exchange, Held sent, @Nullable RecordedResponse replayed) {
        RecordedResponse recorded = exchange.response();
        if (recorded == null || replayed == null) {
            return;
        }
        boolean fits = failed(recorded) || !failed(replayed);
        Held asked = Held.by(exchange.request());
        ValuePairs.Taker taker = (before, now) -> {
            if (before.equals(now)) {
                // an error says nothing of what it has not, and an echo is no news
                if (fits && words.has(before) && !asked.has(before)) {
                    words.remove(before);
                }
            } else if (!(asked.has(before) && sent.has(now))) {
                words.put(before, now);
            }
        };
        if (fits) {
            ValuePairs.each(recorded, replayed, taker);
        } else {
            ValuePairs.headers(recorded, replayed, taker);
        }
    }

    private static boolean failed(RecordedResponse response) {
        return response.status() >= 400;
    }
}
