package io.laneway.control.watch;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The questions to gateways that are open, as encoded events in the order in which they came. A watcher keeps the number
 * of the last one that it sent, so a slow one costs nothing, and a gateway that comes later is asked as well. Safe for
 * many threads.
 */
final class OpenQuestions {

    /** What is asked of those who are no gateways. */
    static final OpenQuestions NONE = new OpenQuestions();

    private final ConcurrentSkipListMap<Long, Buffer> events = new ConcurrentSkipListMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private long last;

    /** Adds a question; false if it is there already. */
    synchronized boolean add(String id, Buffer event) {
        if (numbers.containsKey(id)) {
            return false;
        }
        numbers.put(id, ++last);
        events.put(last, event);
        return true;
    }

    synchronized void remove(String id) {
        Long number = numbers.remove(id);
        if (number != null) {
            events.remove(number);
        }
    }

    /** The next question after a number, null if there is none. */
    Map.@Nullable Entry<Long, Buffer> after(long number) {
        return events.higherEntry(number);
    }
}
