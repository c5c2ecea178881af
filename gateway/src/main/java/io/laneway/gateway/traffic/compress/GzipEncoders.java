package io.laneway.gateway.traffic.compress;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The encoders of one listener on one event loop: a few at rest, and a bound on those in use, since each response that a
 * slow client reads holds one. Confined to that loop.
 */
final class GzipEncoders {

    /** At 270 KiB each they are 17 MiB. */
    static final int MOST = 64;

    private static final int RESTING = 4;

    private final ArrayDeque<GzipEncoder> resting = new ArrayDeque<>(RESTING);
    private int inUse;

    /** One to use, null if all are. */
    @Nullable
    GzipEncoder take() {
        if (inUse == MOST) {
            return null;
        }
        inUse++;
        GzipEncoder encoder = resting.pollLast();
        if (encoder == null) {
            encoder = new GzipEncoder();
        }
        encoder.start();
        return encoder;
    }

    void giveBack(GzipEncoder encoder) {
        inUse--;
        if (resting.size() < RESTING) {
            resting.addLast(encoder);
        } else {
            encoder.close();
        }
    }
}
