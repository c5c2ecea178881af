package io.laneway.k8s.finding;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the leader's other duties find beside discovery, by who found it. Safe for many threads. */
public final class NotedFindings {

    private final Map<String, List<Finding>> bySource = new ConcurrentSkipListMap<>();

    /** Replaces what one source found, such as {@code Lane shop/f-1}. */
    public void set(String source, List<Finding> findings) {
        if (findings.isEmpty()) {
            bySource.remove(source);
        } else {
            bySource.put(source, List.copyOf(findings));
        }
    }

    /** Everything found, in order of source. */
    public List<Finding> all() {
        return bySource.values().stream().flatMap(List::stream).toList();
    }

    /** Forgets everything, as where another replica leads. */
    public void clear() {
        bySource.clear();
    }
}
