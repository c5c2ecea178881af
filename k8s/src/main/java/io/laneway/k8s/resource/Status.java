package io.laneway.k8s.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code status} of a custom resource: conditions {@code Accepted} and {@code Programmed} as the API conventions
 * have them, the revision and the name in the table. Pure but for the clock.
 */
final class Status {

    /** Condition of a lane that something in the table needs. */
    static final String IN_USE = "InUse";

    private static final String STATUS = "status";

    private final Clock clock;

    Status(Clock clock) {
        this.clock = clock;
    }

    /** The name under which the table has the object, empty if it has not. */
    static String appliedName(GenericKubernetesResource object) {
        return object.get(STATUS, "name") instanceof String name ? name : "";
    }

    /** Whether the object was refused as it is now. */
    static boolean refused(GenericKubernetesResource object) {
        return object.get(STATUS, "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> condition
                                && "Accepted".equals(condition.get("type"))
                                && "False".equals(condition.get("status")));
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
        Object shares = outcome.programmed() ? shares(object) : object.get(STATUS, "shares");
        if (shares != null) {
            status.put("shares", shares);
        }
        List<Object> conditions = new ArrayList<>();
        conditions.add(condition(object, "Accepted", outcome.accepted(), outcome, generation));
        conditions.add(condition(object, "Programmed", outcome.programmed(), outcome, generation));
        if (object.get(STATUS, "conditions") instanceof List<?> before) {
            before.stream()
                    .filter(one -> one instanceof Map<?, ?> old && IN_USE.equals(old.get("type")))
                    .forEach(conditions::add);
        }
        status.put("conditions", conditions);
        return status;
    }

    /** Such as {@code G0 20%, G1 5%}: a column of kubectl's shows the first of several values alone. */
    private static @Nullable String shares(GenericKubernetesResource object) {
        if (!(object.get("spec", "environments") instanceof List<?> environments)) {
            return null;
        }
        return environments.stream()
                .filter(Map.class::isInstance)
                .map(one -> ((Map<?, ?>) one).get("lane") + " " + ((Map<?, ?>) one).get("share"))
                .collect(Collectors.joining(", "));
    }

    /** The present status of a lane with what needs it; null if it says so already, or says nothing yet. */
    @Nullable
    Map<String, Object> withUse(GenericKubernetesResource object, String use) {
        if (!(object.get(STATUS) instanceof Map<?, ?> present)
                || !(present.get("conditions") instanceof List<?> conditions)) {
            return null;
        }
        Map<String, Object> wanted = used(object, use);
        List<Object> all = new ArrayList<>();
        conditions.stream()
                .filter(one -> !(one instanceof Map<?, ?> old && IN_USE.equals(old.get("type"))))
                .forEach(all::add);
        if (use.isEmpty() && all.size() == conditions.size()) {
            return null;
        }
        all.add(wanted);
        if (String.valueOf(all).equals(String.valueOf(conditions))) {
            return null;
        }
        Map<String, Object> status = new LinkedHashMap<>();
        present.forEach((key, value) -> status.put(String.valueOf(key), value));
        status.put("conditions", all);
        return status;
    }

    private Map<String, Object> used(GenericKubernetesResource object, String use) {
        String status = use.isEmpty() ? "False" : "True";
        return condition(
                object, IN_USE, status, use.isEmpty() ? "Unused" : "Used", use.isEmpty() ? "nothing needs it" : use);
    }

    private Map<String, Object> condition(
            GenericKubernetesResource object, String type, boolean is, Outcome outcome, @Nullable Long generation) {
        String reason = is && type.equals("Accepted") ? "Accepted" : outcome.reason();
        Map<String, Object> condition = condition(object, type, is ? "True" : "False", reason, outcome.message());
        if (generation != null) {
            condition.put("observedGeneration", generation);
        }
        return condition;
    }

    private Map<String, Object> condition(
            GenericKubernetesResource object, String type, String status, String reason, String message) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put("reason", reason);
        condition.put("message", message);
        condition.put("lastTransitionTime", since(object, type, status));
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
