package io.laneway.cli.remote;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads server-sent events whose data is one line of JSON (HTML standard, section 9.2). Confined to one thread; blocks.
 */
public final class EventReader {

    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";

    private EventReader() {}

    /** One event. Immutable. */
    public record Event(String name, JsonObject data) {}

    /** Hands over event by event; false if the consumer wanted no more, true if there are no more. */
    static boolean read(Stream<String> lines, Predicate<Event> more) {
        String name = "";
        for (var next = lines.iterator(); next.hasNext(); ) {
            String line = next.next();
            if (line.startsWith(EVENT)) {
                name = line.substring(EVENT.length());
            } else if (line.startsWith(DATA) && !more.test(new Event(name, data(line.substring(DATA.length()))))) {
                return false;
            }
        }
        return true;
    }

    private static JsonObject data(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            throw new CallFailed("an event is not JSON (expected: a control API there)");
        }
    }
}
