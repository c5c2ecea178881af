package io.laneway.k8s.finding;

import java.util.Objects;

/**
 * Something in the cluster that will surprise its owner. Immutable.
 *
 * @param kind   one of a few words, fit for a metric's label
 * @param on     the kind of the object it is about
 * @param object the object it is about, {@code namespace/name}
 * @param what   what is wrong and what was expected
 */
public record Finding(Kind kind, On on, String object, String what) implements Comparable<Finding> {

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
        /** A custom resource or route whose spec is not taken. */
        REFUSED("refused"),
        /** A lane that is to be deleted and that something needs. */
        DELETION_WAITS("deletion_waits"),
        /** A lane that something needs: nothing wrong, only worth knowing before it is deleted. */
        IN_USE("in_use"),
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

    /** The kinds of objects. */
    public enum On {
        SERVICE("v1", "Service"),
        LANE("laneway.io/v1alpha1", "Lane"),
        TENANT_SHIFT("laneway.io/v1alpha1", "TenantShift"),
        HTTP_ROUTE("gateway.networking.k8s.io/v1", "HTTPRoute"),
        GRPC_ROUTE("gateway.networking.k8s.io/v1", "GRPCRoute"),
        TLS_ROUTE("gateway.networking.k8s.io/v1", "TLSRoute");

        private final String apiVersion;
        private final String word;

        On(String apiVersion, String word) {
            this.apiVersion = apiVersion;
            this.word = word;
        }

        /** The group and version, as references to objects have them. */
        public String apiVersion() {
            return apiVersion;
        }

        /** The kind, as manifests name it. */
        public String word() {
            return word;
        }
    }

    /** About a Service. */
    public Finding(Kind kind, String object, String what) {
        this(kind, On.SERVICE, object, what);
    }

    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(on, "on");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(what, "what");
    }

    @Override
    public int compareTo(Finding other) {
        int byObject = object.compareTo(other.object);
        return byObject != 0 ? byObject : (on + " " + kind + what).compareTo(other.on + " " + other.kind + other.what);
    }

    @Override
    public String toString() {
        return (on == On.SERVICE ? "" : on.word() + " ") + object + ": " + kind.word() + ": " + what;
    }
}
