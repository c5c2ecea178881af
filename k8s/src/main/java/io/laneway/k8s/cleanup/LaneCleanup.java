package io.laneway.k8s.cleanup;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.client.Refused;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.LaneStyle;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scales down or deletes the workloads of expired lanes. Only what carries the owner label is touched, and never what
 * belongs to the base lane, has no lane, or is proxied, whatever the caller says. Blocks; safe for many threads.
 */
public final class LaneCleanup {

    /** Label that allows Laneway to clean an object up, with the owner's name as its value. */
    public static final String OWNER_LABEL = "laneway.io/owner";

    private static final Logger log = LoggerFactory.getLogger(LaneCleanup.class);

    private final KubernetesClient client;
    private final DiscoveryRules rules;
    private final String owner;
    private final CleanupMode mode;
    private final boolean dryRun;
    private final Refusals refusals = new Refusals();

    /**
     * @param owner  the value of {@value #OWNER_LABEL} on what may be touched
     * @param dryRun true says what would be done and does nothing
     */
    public LaneCleanup(KubernetesClient client, DiscoveryRules rules, String owner, CleanupMode mode, boolean dryRun) {
        if (owner.isBlank()) {
            throw new IllegalArgumentException("owner: '' (expected: the value of label " + OWNER_LABEL + ")");
        }
        this.client = client;
        this.rules = rules;
        this.owner = owner;
        this.mode = mode;
        this.dryRun = dryRun;
    }

    /** Cleans up after expired lanes in some namespaces, all if none is named. */
    public List<CleanupStep> clean(Collection<String> expired, Collection<String> namespaces) {
        Set<String> slugs = new HashSet<>();
        expired.forEach(lane -> slugs.add(Slug.of(lane)));
        slugs.remove(Slug.of(rules.base()));
        List<CleanupStep> steps = new ArrayList<>();
        if (slugs.isEmpty()) {
            return steps;
        }
        for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
            deployments(namespace).forEach(one -> deployment(one, slugs, steps));
            if (mode == CleanupMode.DELETE) {
                services(namespace).forEach(one -> service(one, slugs, steps));
            }
        }
        return steps;
    }

    private List<Deployment> deployments(String namespace) {
        var all = client.apps().deployments();
        return (namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace))
                .withLabel(OWNER_LABEL, owner)
                .list()
                .getItems();
    }

    private List<Service> services(String namespace) {
        var all = client.services();
        return (namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace))
                .withLabel(OWNER_LABEL, owner)
                .list()
                .getItems();
    }

    private void deployment(Deployment one, Set<String> slugs, List<CleanupStep> steps) {
        String lane = lane(one, one.getSpec().getTemplate().getMetadata().getLabels());
        if (lane == null || !slugs.contains(Slug.of(lane))) {
            return;
        }
        Integer replicas = one.getSpec().getReplicas();
        if (mode == CleanupMode.DELETE) {
            step(lane, one, "delete", steps, () -> client.resource(one).delete());
        } else if (replicas == null || replicas > 0) {
            step(lane, one, "scale to 0", steps, () -> client.resource(one).scale(0));
        }
    }

    private void service(Service one, Set<String> slugs, List<CleanupStep> steps) {
        String lane = lane(one, Meta.selector(one));
        if (lane != null && slugs.contains(Slug.of(lane)) && !Meta.proxied(one) && !OwnBackends.noted(one)) {
            step(lane, one, "delete", steps, () -> client.resource(one).delete());
        }
    }

    /** The lane of an object as discovery reads it; null where its own label and that of its pods do not agree on one. */
    private @Nullable String lane(HasMetadata object, @Nullable Map<String, String> pods) {
        String annotated = Meta.annotations(object).get(Marks.LANE);
        if (annotated != null) {
            return annotated.strip();
        }
        if (rules.style() == LaneStyle.NAMESPACES) {
            return rules.lane(Meta.namespace(object));
        }
        for (String label : rules.version()) {
            String lane = Meta.labels(object).get(label);
            String podLane = pods == null ? null : pods.get(label);
            if (lane != null || podLane != null) {
                return lane == null ? podLane : podLane == null || podLane.equals(lane) ? lane : null;
            }
        }
        return null;
    }

    private void step(String lane, HasMetadata object, String what, List<CleanupStep> steps, Runnable action) {
        boolean done = mode != CleanupMode.REPORT && !dryRun;
        CleanupStep step = new CleanupStep(lane, object.getKind() + " " + Meta.key(object), what, done);
        if (done && !refusals.refused(step.object(), what)) {
            try {
                action.run();
                log.atInfo().addKeyValue("step", step).log("expired lane cleaned up");
            } catch (KubernetesClientException e) {
                // One that is refused must not keep the others from being cleaned up.
                refusals.failed(step.object(), what, e);
                steps.add(new CleanupStep(lane, step.object(), what + ", " + Refused.said(e), false));
                return;
            }
            steps.add(step);
        } else if (!done) {
            steps.add(step);
        }
    }
}
