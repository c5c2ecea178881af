package io.laneway.replay.send;

import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedExchange;
import java.util.List;

/** Which client a recorded request is of: who has an order to keep, and values that come back. Stateless. */
public final class Clients {

    private Clients() {}

    /** The record's {@code client}; else its token or cookies, which redaction leaves equal; else its trace. */
    public static String of(RecordedExchange exchange) {
        if (!exchange.client().isEmpty()) {
            return exchange.client();
        }
        for (String name : List.of("authorization", "cookie")) {
            String value = Fields.first(exchange.request().headers(), name);
            if (value != null) {
                return name + " " + value;
            }
        }
        return exchange.trace().isEmpty() ? exchange.id() : exchange.trace();
    }
}
