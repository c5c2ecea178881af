package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteTimeouts;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the time-outs of a rule (GEP-1742) in the Gateway API's form of durations (GEP-2257). Stateless. */
final class Timeouts {

    private static final Pattern FORM = Pattern.compile("(?:[0-9]{1,5}(?:h|ms|m|s)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,5})(h|ms|m|s)");

    private Timeouts() {}

    /** The time for a request, 0 for no bound; null where nothing is said. */
    static @Nullable Duration request(@Nullable HTTPRouteTimeouts timeouts, String path, Verdict verdict) {
        if (timeouts == null) {
            return null;
        }
        if (timeouts.getBackendRequest() != null) {
            verdict.unsupported(
                    path + ".backendRequest",
                    timeouts.getBackendRequest() + " (expected: none; see retries.perTryTimeout of the policy)");
        }
        String request = timeouts.getRequest();
        if (request == null) {
            return null;
        }
        if (!FORM.matcher(request).matches()) {
            verdict.unsupported(path + ".request", "'" + request + "' (expected: such as 10s or 1m30s)");
            return null;
        }
        return duration(request);
    }

    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            long number = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2)) {
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMillis(number);
                    });
        }
        return sum;
    }
}
