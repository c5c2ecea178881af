package io.laneway.gateway.accesslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes times as {@code 2026-11-21T06:35:12.123Z}; the part up to the second is made once a second. One event loop. */
final class TimeStamp {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private byte[] written = new byte[0];

    void append(LineBuffer line, long millis) {
        long wanted = Math.floorDiv(millis, 1000L);
        if (wanted != second) {
            second = wanted;
            written = Ascii.bytes(SECONDS.format(Instant.ofEpochSecond(wanted)));
        }
        line.raw(written).padded((int) Math.floorMod(millis, 1000L), 3).raw('Z');
    }
}
