package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.Slice;
import java.util.Base64;
import java.util.SplittableRandom;

/**
 * The key that an opening handshake over HTTP/1.1 needs and one over an extended CONNECT has not (RFC 8441 section 5, RFC
 * 6455 section 4.1): it proves that the server speaks WebSocket, and keeps no secret. Stateless.
 */
final class WebSocketKey {

    private static final int BYTES = 16;
    private static final String PROTOCOL = "websocket";

    private WebSocketKey() {}

    /** Gives a request for a WebSocket its key, if it brought none. */
    static void complete(RequestHead head, SplittableRandom random) {
        Slice protocol = new Slice();
        boolean asked = head.upgrade() && head.lines().first(Field.UPGRADE, protocol);
        if (asked
                && PROTOCOL.equalsIgnoreCase(protocol.toString())
                && head.lines().find(Field.SEC_WEBSOCKET_KEY, 0) < 0) {
            byte[] key = new byte[BYTES];
            random.nextBytes(key);
            head.lines()
                    .add(Field.SEC_WEBSOCKET_KEY.header(), Base64.getEncoder().encodeToString(key));
        }
    }
}
