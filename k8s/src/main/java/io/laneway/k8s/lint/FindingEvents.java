package io.laneway.k8s.lint;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.finding.Finding;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes an event on the object of each finding that is new, so that {@code kubectl describe} shows it. A
 * finding that goes and comes again is new again. Blocks; confined to one thread.
 */
public final class FindingEvents {

    private static final int MAX_NOTE = 1024;
    private static final int MAX_PREFIX = 220;

    private final KubernetesClient client;
    private final String instance;
    private final Clock clock;
    private final Refusals refusals = new Refusals();
    private Set<Finding> known = new HashSet<>();

    /** @param instance who reports, such as the pod's name */
    public FindingEvents(KubernetesClient client, String instance, Clock clock) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
    }

    /** Reports what is new among the findings of now. What cannot be written is tried with the next call, unless
     * it was refused for good. */
    public void report(List<Finding> findings) {
        Set<Finding> written = new HashSet<>(findings);
        written.retainAll(known);
        for (Finding finding : findings) {
            if (!written.contains(finding) && write(finding)) {
                written.add(finding);
            }
        }
        known = written;
    }

    private boolean write(Finding finding) {
        String object = "event on " + finding.on().word() + " " + finding.object();
        if (refusals.refused(object, finding)) {
            return true;
        }
        try {
            client.resource(event(finding)).create();
            return true;
        } catch (KubernetesClientException e) {
            return !refusals.failed(object, finding, e);
        }
    }

    private Event event(Finding finding) {
        int slash = finding.object().indexOf('/');
        String namespace = finding.object().substring(0, slash);
        String name = finding.object().substring(slash + 1);
        String note = finding.what();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(name) + "." + Long.toHexString(clock.millis()) + Integer.toHexString(finding.hashCode()))
                .endMetadata()
                .withEventTime(new MicroTime(
                        clock.instant().truncatedTo(ChronoUnit.MICROS).toString()))
                .withType(finding.kind() == Finding.Kind.IN_USE ? "Normal" : "Warning")
                .withReason(reason(finding.kind()))
                .withAction("Lint")
                .withNote(note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE))
                .withReportingController("laneway.io/control")
                .withReportingInstance(instance)
                .withNewRegarding()
                .withApiVersion(finding.on().apiVersion())
                .withKind(finding.on().word())
                .withNamespace(namespace)
                .withName(name)
                .endRegarding()
                .build();
    }

    /** An event's name is its object's and a suffix, together no longer than a name may be. */
    private static String name(String object) {
        return object.length() <= MAX_PREFIX
                ? object
                : object.substring(0, MAX_PREFIX).replaceAll("[.-]+$", "");
    }

    /** {@code slug_collision} as {@code SlugCollision}. */
    private static String reason(Finding.Kind kind) {
        StringBuilder reason = new StringBuilder();
        for (String word : kind.word().split("_")) {
            reason.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return reason.toString();
    }
}
