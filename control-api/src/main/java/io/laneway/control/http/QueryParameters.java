package io.laneway.control.http;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.unit.Durations;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The query of a call. Immutable. */
record QueryParameters(MultiMap given) {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(2);

    /** The text of a parameter, null if it is not given. */
    @Nullable
    String text(String name) {
        return given.get(name);
    }

    /** A number within bounds. */
    QueryValue<Long> number(String name, long otherwise, long min, long max) {
        String text = text(name);
        if (text == null) {
            return new QueryValue.Read<>(otherwise);
        }
        String expected = "a number from " + min + " to " + max;
        try {
            long number = Long.parseLong(text);
            return number >= min && number <= max
                    ? new QueryValue.Read<>(number)
                    : QueryValue.malformed(name, text, expected);
        } catch (NumberFormatException e) {
            return QueryValue.malformed(name, text, expected);
        }
    }

    /** A switch, off where it is not given; a name alone switches it on. */
    QueryValue<Boolean> flag(String name) {
        String text = text(name);
        if (text == null || text.equals("false")) {
            return new QueryValue.Read<>(false);
        }
        return text.equals("true") || text.isEmpty()
                ? new QueryValue.Read<>(true)
                : QueryValue.malformed(name, text, "true or false");
    }

    /** Whether to wait until the gateways have applied an edit. */
    QueryValue<Boolean> waits() {
        String wait = text("wait");
        return wait == null || wait.equals("applied")
                ? new QueryValue.Read<>(wait != null)
                : QueryValue.malformed("wait", wait, "applied");
    }

    /** How long to wait for the gateways. */
    QueryValue<Duration> timeout() {
        String timeout = text("timeout");
        if (timeout == null) {
            return new QueryValue.Read<>(TIMEOUT);
        }
        try {
            Duration duration = Durations.parse(timeout);
            return new QueryValue.Read<>(duration.compareTo(MAX_TIMEOUT) > 0 ? MAX_TIMEOUT : duration);
        } catch (IllegalArgumentException e) {
            return QueryValue.malformed("timeout", timeout, "a duration such as 5s");
        }
    }

    /** How long to wait for the gateways, empty if the client does not want to. */
    Optional<Duration> waitApplied() {
        return waits().orElseThrow() ? Optional.of(timeout().orElseThrow()) : Optional.empty();
    }

    /** Every parameter that a route does not have, and each common one that cannot be read. */
    List<Problem> problems(RouteTemplate template) {
        List<Problem> problems = new ArrayList<>(template.problems(given));
        for (QueryValue<?> common : List.of(flag("dryRun"), waits(), timeout())) {
            if (common instanceof QueryValue.Malformed<?> malformed && !problems.contains(malformed.problem())) {
                problems.add(malformed.problem());
            }
        }
        return problems;
    }
}
