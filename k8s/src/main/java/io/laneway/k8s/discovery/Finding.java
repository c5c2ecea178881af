package io.laneway.k8s.discovery;

import java.util.Objects;

/**
 * Something in the cluster that will surprise its owner. Immutable.
 *
 * @param kind   one of a few words, fit for a metric's label
 * @param object the object it is about, {@code namespace/name}
 * @param what   what is wrong and what was expected
 */
public record Finding(Kind kind, String object, String what) implements Comparable<Finding> {

    /** What may be found. */
    public enum Kind {
        /** A base Service whose selector also catches pods of a lane. */
        LEAK("leak"),
        /** A lane's Service without a pod. */
        LANE_WITHOUT_PODS("lane_without_pods"),
        /** A port that no gateway can serve. */
        UNSERVABLE_PORT("unservable_port"),
        /** Two lane names with one slug. */
        SLUG_COLLISION("slug_collision"),
        /** Two objects that claim one deployment, host or table object. */
        TWO_OWNERS("two_owners"),
        /** A host that another has. */
        HOST_TAKEN("host_taken"),
        /** A host that the namespace may not claim, or that is none. */
        HOST_NOT_ALLOWED("host_not_allowed"),
        /** A Service that cannot point at the gateway as asked for, or cannot yet. */
        NOT_PROXIED("not_proxied"),
        /** An object that could not be read. */
        UNREADABLE("unreadable");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word as users see it, such as {@code slug_collision}. */
        public String word() {
            return word;
        }
    }

    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(what, "what");
    }

    @Override
    public int compareTo(Finding other) {
        int byObject = object.compareTo(other.object);
        return byObject != 0 ? byObject : (kind + what).compareTo(other.kind + other.what);
    }

    @Override
    public String toString() {
        return object + ": " + kind.word() + ": " + what;
    }
}
