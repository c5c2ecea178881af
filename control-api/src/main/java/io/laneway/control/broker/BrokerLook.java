package io.laneway.control.broker;

import io.laneway.router.source.MessageLanes.Look;
import java.util.List;

/**
 * What one look at a broker gave. Immutable.
 *
 * @param at      when, in ms since 1970
 * @param seen    empty where there is a problem
 * @param problem why nothing was seen, empty for none
 */
public record BrokerLook(String broker, long at, Look seen, String problem) {

    static BrokerLook of(String broker, long at, Look seen) {
        return new BrokerLook(broker, at, seen, "");
    }

    static BrokerLook failed(String broker, long at, RuntimeException why) {
        String said = why.getMessage();
        return new BrokerLook(
                broker,
                at,
                new Look(List.of(), 0),
                said == null || said.isEmpty() ? why.getClass().getSimpleName() : said);
    }
}
