package io.laneway.k8s.client;

import java.time.Duration;

/**
 * The Lease by which replicas agree on one leader. Immutable.
 *
 * @param identity unique among the replicas, such as the pod's name
 * @param lease    how long a silent leader stays leader; longer than {@code renew}
 * @param renew    how long a leader tries to renew before it steps down
 * @param retry    pause between two tries
 */
public record LeaderSettings(
        String namespace, String name, String identity, Duration lease, Duration renew, Duration retry) {

    /** The times of client-go's own components: 15 s, 10 s, 2 s. */
    public LeaderSettings(String namespace, String name, String identity) {
        this(namespace, name, identity, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    public LeaderSettings {
        if (namespace.isBlank() || name.isBlank() || identity.isBlank()) {
            throw new IllegalArgumentException("leader: namespace '" + namespace + "', name '" + name + "', identity '"
                    + identity + "' (expected: none of them blank)");
        }
        if (lease.compareTo(renew) <= 0 || renew.compareTo(retry) <= 0) {
            throw new IllegalArgumentException("leader: lease " + lease + ", renew " + renew + ", retry " + retry
                    + " (expected: lease > renew > retry)");
        }
    }
}
