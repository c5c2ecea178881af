package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;

/** The field {@code x-laneway-replay} of requests that {@code laneway replay} sends: no recording keeps them. Stateless. */
final class ReplayMark {

    private static final HeaderName NAME = HeaderName.of("x-laneway-replay");

    private ReplayMark() {}

    static boolean isIn(HeaderLines lines) {
        return lines.mayHave(Field.X_LANEWAY_OTHER.bit()) && lines.find(NAME, 0) >= 0;
    }
}
