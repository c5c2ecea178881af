package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import java.util.concurrent.TimeUnit;

/**
 * Which requests wait a moment for the frame behind their field list. Some clients end a request without a body by an empty
 * DATA frame; begun before that came, it would be forwarded over HTTP/1.1 as a chunked body of no bytes, which many servers
 * refuse with a GET. Stateless.
 */
final class AwaitedEnd {

    /** How long, in nanoseconds. */
    static final long TIME = TimeUnit.MILLISECONDS.toNanos(50);

    private AwaitedEnd() {}

    /**
     * Whether a request whose stream has not ended may turn out to have no body.
     *
     * @param left bytes of body announced, negative if none were
     */
    static boolean mayBeBare(RequestHead head, long left) {
        if (head.upgrade() || head.expectsContinue()) {
            return false;
        }
        return left == 0 || (left < 0 && isUsuallyBare(head.method()));
    }

    private static boolean isUsuallyBare(Method method) {
        return switch (method) {
            case GET, HEAD, DELETE, OPTIONS, TRACE -> true;
            default -> false;
        };
    }
}
