package io.laneway.router.model;

import java.util.List;

/**
 * Where a request may carry its lane, in the order header, query parameter, cookie, baggage, host pattern. Immutable.
 *
 * @param header  header names, case-insensitive, tried in order
 * @param query   query parameter names, case-sensitive
 * @param cookie  cookie names, case-sensitive
 * @param baggage W3C baggage member keys, case-sensitive
 * @param host    host patterns with one {@code {lane}} place, such as <code>app-{lane}.example.com</code>
 */
public record Carriers(
        List<String> header, List<String> query, List<String> cookie, List<String> baggage, List<String> host) {

    /** The default name of every carrier, and the name under which the stamp is written. */
    public static final String MARKER = "trace-branch";

    /** {@value #MARKER} as header, query parameter, cookie and baggage member; no host pattern. */
    public static final Carriers DEFAULT =
            new Carriers(List.of(MARKER), List.of(MARKER), List.of(MARKER), List.of(MARKER), List.of());

    public Carriers {
        header = List.copyOf(header);
        query = List.copyOf(query);
        cookie = List.copyOf(cookie);
        baggage = List.copyOf(baggage);
        host = List.copyOf(host);
    }
}
