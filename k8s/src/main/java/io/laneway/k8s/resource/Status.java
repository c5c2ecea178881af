package io.laneway.k8s.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code status} of a custom resource: conditions {@code Accepted} and {@code Programmed} as the API conventions
 * have them, the revision and the name in the table. Pure but for the clock.
 */
final class Status {

    private static final String STATUS = "status";

    private final Clock clock;

    Status(Clock clock) {
        this.clock = clock;
    }

    /** The name under which the table has the object, empty if it has not. */
    static String appliedName(GenericKubernetesResource object) {
        return object.get(STATUS, "name") instanceof String name ? name : "";
    }

    /** The status that says this; equal to the present one where nothing changed. */
    Map<String, Object> of(GenericKubernetesResource object, Outcome outcome) {
        Long generation = object.getMetadata().getGeneration();
        Map<String, Object> status = new LinkedHashMap<>();
        if (generation != null) {
            status.put("observedGeneration", generation);
        }
        if (outcome.revision() > 0) {
            status.put("revision", outcome.revision());
        }
        if (!outcome.name().isEmpty()) {
            status.put("name", outcome.name());
        }
        status.put(
                "conditions",
                List.of(
                        condition(object, "Accepted", outcome.accepted(), outcome, generation),
                        condition(object, "Programmed", outcome.programmed(), outcome, generation)));
        return status;
    }

    private Map<String, Object> condition(
            GenericKubernetesResource object, String type, boolean is, Outcome outcome, @Nullable Long generation) {
        String status = is ? "True" : "False";
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put("reason", is && type.equals("Accepted") ? "Accepted" : outcome.reason());
        condition.put("message", outcome.message());
        condition.put("lastTransitionTime", since(object, type, status));
        if (generation != null) {
            condition.put("observedGeneration", generation);
        }
        return condition;
    }

    private String since(GenericKubernetesResource object, String type, String status) {
        if (object.get(STATUS, "conditions") instanceof List<?> conditions) {
            for (Object one : conditions) {
                if (one instanceof Map<?, ?> old
                        && type.equals(old.get("type"))
                        && status.equals(old.get("status"))
                        && old.get("lastTransitionTime") instanceof String since) {
                    return since;
                }
            }
        }
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Whether the object says this already, whatever type its numbers have. */
    static boolean says(GenericKubernetesResource object, Map<String, Object> status) {
        Object present = object.get(STATUS);
        return String.valueOf(present).equals(String.valueOf(status));
    }
}
