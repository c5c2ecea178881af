package io.laneway.k8s.route.rule;

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

    /** Both bounds, 0 for none; null where nothing is said. */
    record Times(@Nullable Duration request, @Nullable Duration perTry) {}

    static Times read(@Nullable HTTPRouteTimeouts timeouts, String path, Verdict verdict) {
        if (timeouts == null) {
            return new Times(null, null);
        }
        Duration request = one(timeouts.getRequest(), path + ".request", verdict);
        Duration perTry = one(timeouts.getBackendRequest(), path + ".backendRequest", verdict);
        if (request != null && perTry != null && !request.isZero() && perTry.compareTo(request) > 0) {
            verdict.unsupported(
                    path + ".backendRequest",
                    timeouts.getBackendRequest() + " (expected: at most request, " + timeouts.getRequest() + ")");
        }
        return new Times(request, perTry);
    }

    private static @Nullable Duration one(@Nullable String text, String path, Verdict verdict) {
        if (text == null) {
            return null;
        }
        if (!FORM.matcher(text).matches()) {
            verdict.unsupported(path, "'" + text + "' (expected: such as 10s or 1m30s)");
            return null;
        }
        return duration(text);
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
