package io.laneway.xds.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the models of clients see it: names of headers in lower case. */
record Ask(String host, Map<String, String> headers, Map<String, String> query) {

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /**
     * What becomes of it.
     *
     * @param served the lane of the endpoint, {@code -} for none
     * @param stamp  the lane that the request carries on, {@code -} for none
     */
    record Outcome(String served, String stamp) {}
}
