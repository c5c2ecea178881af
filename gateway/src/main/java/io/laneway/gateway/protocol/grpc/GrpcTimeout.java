package io.laneway.gateway.protocol.grpc;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import java.util.concurrent.TimeUnit;

/** The deadline that a call brings along: {@code grpc-timeout}, up to eight digits and a unit. Stateless. */
final class GrpcTimeout {

    private static final int MAX_DIGITS = 8;

    private GrpcTimeout() {}

    /** Nanoseconds; 0 if there is none, or none that can be read. */
    static long read(HeaderLines lines) {
        int line = lines.find(Field.GRPC_TIMEOUT, 0);
        if (line < 0) {
            return 0;
        }
        int digits = lines.valueLength(line) - 1;
        if (digits < 1 || digits > MAX_DIGITS) {
            return 0;
        }
        int offset = lines.valueOffset(line);
        long value = Ascii.parse(lines.array(), offset, digits);
        return value <= 0 ? 0 : nanos(value, lines.array()[offset + digits]);
    }

    private static long nanos(long value, byte unit) {
        return switch (unit) {
            case 'H' -> TimeUnit.HOURS.toNanos(value);
            case 'M' -> TimeUnit.MINUTES.toNanos(value);
            case 'S' -> TimeUnit.SECONDS.toNanos(value);
            case 'm' -> TimeUnit.MILLISECONDS.toNanos(value);
            case 'u' -> TimeUnit.MICROSECONDS.toNanos(value);
            case 'n' -> value;
            default -> 0;
        };
    }
}
