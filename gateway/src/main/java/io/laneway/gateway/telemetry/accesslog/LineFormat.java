package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.router.decision.Reason;
import org.jspecify.annotations.Nullable;

/** The form of a line of the access log. Confined to one event loop. */
interface LineFormat {

    /** Appends the exchange as one line, its end included. */
    void append(ExchangeRecord exchange, LineBuffer line);

    /** What comes before the hex digits of escaped bytes. */
    byte[] escape();

    /** Whether characters beyond ASCII stay as they are where they are well-formed UTF-8, instead of being escaped. */
    boolean keepsUtf8();

    /** The reason's word, {@code -} for none. */
    static String decision(@Nullable Reason reason) {
        return reason == null ? "-" : reason.word();
    }
}
