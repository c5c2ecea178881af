package io.laneway.control.event;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Events as they are sent (HTML standard, section 9.2). Stateless. */
final class EventText {

    private EventText() {}

    /**
     * One event.
     *
     * @param epoch  within which numbers grow without a gap
     * @param number of the event, or of the one before it that the reader need not be sent
     */
    static Buffer of(String name, String epoch, long number, JsonObject data) {
        return Buffer.buffer("event: " + name + "\nid: " + epoch + "-" + number + "\ndata: " + data.encode() + "\n\n");
    }
}
