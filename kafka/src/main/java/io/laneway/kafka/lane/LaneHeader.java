package io.laneway.kafka.lane;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The record header that names a record's lane. The last one counts if there are several, as with every Kafka header.
 * Without one that names a lane, the {@linkplain BaggageMember baggage} of the record counts. Immutable.
 */
public record LaneHeader(String name) {

    /** The header that is used where nothing else is configured. */
    public static final LaneHeader DEFAULT = new LaneHeader("trace-branch");

    public LaneHeader {
        if (name.isBlank()) {
            throw new IllegalArgumentException("header: '' (expected: the name of a record header)");
        }
    }

    /** The lane's name as it was written; null without one, or with one that cannot name a lane. */
    public @Nullable String read(Headers headers) {
        byte[] value = raw(headers);
        String lane = value == null ? null : decode(value);
        if (lane != null) {
            return lane;
        }
        byte[] baggage = baggage(headers);
        return baggage == null ? null : BaggageMember.decode(baggage);
    }

    /** The bytes of the header, null without one. */
    public byte @Nullable [] raw(Headers headers) {
        return bytes(headers, name);
    }

    /** The bytes of the record's baggage, null without one. */
    public byte @Nullable [] baggage(Headers headers) {
        return bytes(headers, BaggageMember.HEADER);
    }

    private static byte @Nullable [] bytes(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }

    /** The name in a header's bytes; null if it cannot name a lane. */
    public static @Nullable String decode(byte[] value) {
        return LaneBytes.decode(value);
    }

    /** Names the lane, unless the record already names one; one that only its baggage names is written out. */
    public void write(Headers headers, String lane) {
        byte[] value = raw(headers);
        if (value == null || decode(value) == null) {
            String carried = read(headers);
            headers.add(name, (carried == null ? lane : carried).getBytes(StandardCharsets.UTF_8));
        }
    }
}
