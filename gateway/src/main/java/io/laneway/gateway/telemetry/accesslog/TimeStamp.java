package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.protocol.head.Ascii;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes times as {@code 2026-11-21T06:35:12.123Z}; the part up to the second is made once a second, the rest once a
 * millisecond, since lines come much faster under load. One event loop.
 */
final class TimeStamp {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;
    private byte[] written = new byte[0];

    void append(LineBuffer line, long millis) {
        if (millis != last) {
            last = millis;
            make(millis);
        }
        line.raw(written);
    }

    private void make(long millis) {
        long wanted = Math.floorDiv(millis, 1000L);
        if (wanted != second) {
            second = wanted;
            written = Ascii.bytes(SECONDS.format(Instant.ofEpochSecond(wanted)) + "000Z");
        }
        int rest = (int) Math.floorMod(millis, 1000L);
        for (int i = written.length - 2; i > written.length - 5; i--) {
            written[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
