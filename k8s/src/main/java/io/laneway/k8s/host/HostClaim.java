package io.laneway.k8s.host;

import io.laneway.router.model.service.ServiceId;
import java.util.Comparator;

/**
 * That one Service wants a host for its logical service. Immutable.
 *
 * @param host    in lower case: a name, or {@code *.} and a name
 * @param key     {@code namespace/name} of the Service
 * @param created when the Service was created, RFC 3339 in UTC
 */
public record HostClaim(String host, ServiceId service, String key, String created) implements Comparable<HostClaim> {

    private static final Comparator<HostClaim> OLDER =
            Comparator.comparing(HostClaim::created).thenComparing(HostClaim::key);

    /** The namespace of the Service. */
    public String namespace() {
        return key.substring(0, key.indexOf('/'));
    }

    boolean isPattern() {
        return host.startsWith("*.");
    }

    /**
     * Whether it was there before an object of another namespace: it is older, or of one second and its {@code namespace/name}
     * sorts first, as the Gateway API orders routes.
     */
    boolean before(String otherKey, String otherCreated) {
        int byAge = created.compareTo(otherCreated);
        return byAge != 0 ? byAge < 0 : key.compareTo(otherKey) < 0;
    }

    /** Why it goes before an object that was created then, for messages. */
    public String precedence(String otherCreated) {
        return precedence(created, otherCreated);
    }

    /** Why an object goes before another, for messages. */
    public static String precedence(String created, String otherCreated) {
        return created.equals(otherCreated) ? "which is of the same second and sorts first" : "which is older";
    }

    /** The first is who came first: the older Service, and of one second the one that sorts first. */
    @Override
    public int compareTo(HostClaim other) {
        return OLDER.compare(this, other);
    }
}
