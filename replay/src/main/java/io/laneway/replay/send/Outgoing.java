package io.laneway.replay.send;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import java.util.List;

/**
 * A request as it is sent again. Immutable.
 *
 * @param http2 whether it was recorded on HTTP/2
 * @param authority host and port that are asked for; empty for those of the address
 * @param headers without those of framing
 */
public record Outgoing(
        boolean http2, String method, String authority, String target, List<Field> headers, RecordedBody body) {

    public Outgoing {
        headers = List.copyOf(headers);
    }
}
