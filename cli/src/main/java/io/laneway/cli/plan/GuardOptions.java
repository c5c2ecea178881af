package io.laneway.cli.plan;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that make a plan's guard. */
final class GuardOptions {

    @Option(names = "--error-rate", paramLabel = "SHARE", description = "abort when errors are so far above base's")
    private @Nullable String errorRate;

    @Option(names = "--p99", paramLabel = "TIMES", description = "abort when p99 is so many times base's")
    private @Nullable Double p99;

    @Option(names = "--fallback", paramLabel = "SHARE", description = "abort when so many requests fall back to base")
    private @Nullable String fallback;

    @Option(names = "--window", paramLabel = "TIME", description = "the time that is looked at, such as 1m")
    private @Nullable String window;

    @Option(names = "--min-samples", paramLabel = "N", description = "hold while a service has fewer requests")
    private @Nullable Integer minSamples;

    boolean given() {
        return !body().isEmpty();
    }

    JsonObject body() {
        JsonObject guard = new JsonObject();
        put(guard, "errorRate", errorRate);
        put(guard, "p99", p99);
        put(guard, "fallback", fallback);
        put(guard, "window", window);
        put(guard, "minSamples", minSamples);
        return guard;
    }

    private static void put(JsonObject guard, String key, @Nullable Object value) {
        if (value != null) {
            guard.put(key, value);
        }
    }
}
