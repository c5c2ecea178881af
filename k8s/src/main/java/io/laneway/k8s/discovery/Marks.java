package io.laneway.k8s.discovery;

/** Annotations and labels by which objects in a cluster talk to Laneway. */
public final class Marks {

    /** Annotation of a Service whose selector points at the gateway: it never supplies endpoints. */
    public static final String PROXIED = "laneway.io/proxied";

    /** Annotation that names the logical service of a Service, over its labels. */
    public static final String SERVICE = "laneway.io/service";

    /** Annotation that names the lane of a Service, over its labels; any name, not only a label value. */
    public static final String LANE = "laneway.io/lane";

    /** Annotation with further hosts of the logical service, divided by commas. */
    public static final String HOSTS = "laneway.io/hosts";

    /** Condition in the status of a Service that claims hosts: false where one of them was refused to it. */
    public static final String HOSTS_ACCEPTED = "laneway.io/HostsAccepted";

    /** Annotation that keeps a Service out of discovery. */
    public static final String IGNORE = "laneway.io/ignore";

    /** Label by which an EndpointSlice names its Service. */
    public static final String SLICE_SERVICE = "kubernetes.io/service-name";

    private Marks() {}
}
