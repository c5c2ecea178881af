package io.laneway.xds.resource;

import com.google.protobuf.Duration;

/** Durations in protobuf's form. Stateless. */
final class Durations {

    private Durations() {}

    static Duration of(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
