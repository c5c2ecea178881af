package io.laneway.replay.form;

import java.util.List;

/**
 * A request as a gateway got it. Immutable.
 *
 * @param protocol such as {@code HTTP/1.1} or {@code HTTP/2}
 * @param scheme {@code http} or {@code https}
 * @param authority host and port that were asked for (RFC 9110, 7.2)
 * @param target path and query as they were on the wire
 */
public record RecordedRequest(
        String protocol,
        String method,
        String scheme,
        String authority,
        String target,
        List<Field> headers,
        RecordedBody body,
        List<Field> trailers) {

    public RecordedRequest {
        headers = List.copyOf(headers);
        trailers = List.copyOf(trailers);
    }

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
