package io.laneway.k8s.lint;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.object.Marks;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps condition {@value Marks#HOSTS_ACCEPTED} in the status of each Service that claims a host and has not got it, and sets it to true
 * once it has. Services without such a claim are never touched. Blocks; confined to one thread.
 */
public final class HostConditions {

    private static final String GRANTED = "";

    private final KubernetesClient client;
    private final Clock clock;
    private final Refusals refusals = new Refusals();
    private final Map<String, String> written = new HashMap<>();
    private boolean begun;

    public HostConditions(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Writes what changed since the last call; what cannot be written is tried with the next call.
     *
     * @param marked Services that say so from before the start
     */
    public void report(List<Finding> findings, Set<String> marked) {
        Map<String, String> now = new TreeMap<>();
        for (Finding finding : findings) {
            boolean refused =
                    finding.kind() == Finding.Kind.HOST_TAKEN || finding.kind() == Finding.Kind.HOST_NOT_ALLOWED;
            if (refused && finding.on() == Finding.On.SERVICE) {
                now.merge(finding.object(), finding.what(), (a, b) -> a + "; " + b);
            }
        }
        if (!begun) {
            marked.forEach(key -> written.put(key, "unknown"));
            begun = true;
        }
        written.keySet().forEach(key -> now.putIfAbsent(key, GRANTED));
        now.forEach((key, message) -> {
            if (!message.equals(written.get(key)) && write(key, message)) {
                written.put(key, message);
            }
        });
        written.values().removeIf(GRANTED::equals);
    }

    private boolean write(String key, String message) {
        int slash = key.indexOf('/');
        try {
            Service now = client.services()
                    .inNamespace(key.substring(0, slash))
                    .withName(key.substring(slash + 1))
                    .get();
            if (now != null) {
                client.resource(with(now, message)).updateStatus();
            }
            return true;
        } catch (KubernetesClientException e) {
            return !refusals.failed("condition of hosts on " + key, message, e);
        }
    }

    /** The Service as read, so that the API server refuses it where another wrote meanwhile. */
    private Service with(Service now, String message) {
        return new ServiceBuilder(now)
                .editOrNewStatus()
                .removeMatchingFromConditions(one -> Marks.HOSTS_ACCEPTED.equals(one.getType()))
                .addNewCondition()
                .withType(Marks.HOSTS_ACCEPTED)
                .withStatus(message.isEmpty() ? "True" : "False")
                .withReason(message.isEmpty() ? "Granted" : "Refused")
                .withMessage(message.isEmpty() ? "it has every host that it claims" : message)
                .withObservedGeneration(now.getMetadata().getGeneration())
                .withLastTransitionTime(
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .endCondition()
                .endStatus()
                .build();
    }
}
