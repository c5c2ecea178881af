package io.laneway.k8s.lint;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.discovery.Finding;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an event on the Service for each finding that is new, so that {@code kubectl describe service} shows it. A
 * finding that goes and comes again is new again. Blocks; confined to one thread.
 */
public final class FindingEvents {

    private static final Logger log = LoggerFactory.getLogger(FindingEvents.class);
    private static final int MAX_NOTE = 1024;

    private final KubernetesClient client;
    private final String instance;
    private final Clock clock;
    private Set<Finding> known = new HashSet<>();

    /** @param instance who reports, such as the pod's name */
    public FindingEvents(KubernetesClient client, String instance, Clock clock) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
    }

    /** Reports what is new among the findings of now. What cannot be written is logged and tried with the next call. */
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
        try {
            client.resource(event(finding)).create();
            return true;
        } catch (KubernetesClientException e) {
            log.atWarn().addKeyValue("object", finding.object()).setCause(e).log("event not written");
            return false;
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
                .withGenerateName(name + ".")
                .withName(name + "." + Long.toHexString(clock.millis()) + Integer.toHexString(finding.hashCode()))
                .endMetadata()
                .withEventTime(new MicroTime(
                        clock.instant().truncatedTo(ChronoUnit.MICROS).toString()))
                .withType("Warning")
                .withReason(reason(finding.kind()))
                .withAction("Lint")
                .withNote(note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE))
                .withReportingController("laneway.io/control")
                .withReportingInstance(instance)
                .withNewRegarding()
                .withApiVersion("v1")
                .withKind("Service")
                .withNamespace(namespace)
                .withName(name)
                .endRegarding()
                .build();
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
