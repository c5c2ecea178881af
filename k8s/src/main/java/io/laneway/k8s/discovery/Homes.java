package io.laneway.k8s.discovery;

import io.laneway.k8s.finding.Finding;
import java.util.Comparator;
import java.util.List;

/**
 * Which namespace a service's deployment in one lane belongs to, where Services of several claim it by annotation: the
 * lane's own namespace, else that of the oldest Service. Otherwise one team's pods would answer for another's. Stateless.
 */
final class Homes {

    private static final Comparator<Found> HOME = Comparator.comparing((Found found) -> !found.home())
            .thenComparing(Found::created)
            .thenComparing(Found::key);

    private Homes() {}

    /** Takes out of a lane's Services those of other namespaces, and says so of each. */
    static void keep(String lane, List<Found> found, List<Finding> findings) {
        Found owner = found.stream().min(HOME).orElseThrow();
        found.removeIf(one -> {
            boolean foreign = !one.namespace().equals(owner.namespace());
            if (foreign) {
                findings.add(new Finding(
                        Finding.Kind.TWO_OWNERS,
                        one.key(),
                        "lane '" + lane + "' of service " + one.identity().service() + " is that of namespace '"
                                + owner.namespace() + "' (expected: another lane)"));
            }
            return foreign;
        });
    }
}
