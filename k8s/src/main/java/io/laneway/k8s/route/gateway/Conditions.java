package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes conditions of one object, each of which keeps its time for as long as its status stays. Immutable.
 *
 * @param generation of the object that they are about
 */
public record Conditions(Clock clock, @Nullable Long generation) {

    /** The most that the API server takes for a message. */
    private static final int MAX_MESSAGE = 32_768;

    /** @param before the conditions that are there now */
    public Condition make(String type, boolean is, String reason, String message, List<Condition> before) {
        String status = is ? "True" : "False";
        String since = before.stream()
                .filter(old -> type.equals(old.getType()) && status.equals(old.getStatus()))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE - 1) + "…" : message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
