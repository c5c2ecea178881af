package io.laneway.xds.words;

import com.google.protobuf.Duration;

/** Durations in protobuf's form. Stateless. */
public final class Durations {

    private Durations() {}

    public static Duration of(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
