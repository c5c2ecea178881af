package io.laneway.k8s.object;

/** Annotations and labels by which objects in a cluster talk to Laneway. */
public final class Marks {

    /** What all annotations begin with. */
    public static final String PREFIX = "laneway.io/";

    /** Annotation by which a team wants its Service to point at the gateway: {@code "true"}. */
    public static final String PROXIED = "laneway.io/proxied";

    /** Annotation of a proxied Service: other labels of the gateway's pods, such as {@code app=gw,version=proxy}. */
    public static final String GATEWAY = "laneway.io/gateway";

    /** Annotation of a proxied Service: another port of the gateway's pods. */
    public static final String GATEWAY_PORT = "laneway.io/gateway-port";

    /** Annotation that notes the selector with which a Service led to its own pods (JSON). */
    public static final String OLD_SELECTOR = "laneway.io/old-selector";

    /** Annotation that notes its target ports by {@code port/protocol} (JSON). */
    public static final String OLD_PORTS = "laneway.io/old-target-ports";

    /** Annotation that notes what its selector and target ports were replaced with, and by which manifest (JSON). */
    public static final String POINTED = "laneway.io/pointed-at";

    /** Annotation of the Service beside a proxied one: the name of that one. */
    public static final String MADE_FOR = "laneway.io/made-for";

    /** Annotation in which kubectl and Argo CD keep the manifest they applied last. */
    public static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

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

    /** Label of Services beside Gateways, made for what their {@code infrastructure} says. */
    public static final String NAMES_GATEWAY = "laneway.io/names-gateway";

    /** Label by which an EndpointSlice names its Service. */
    public static final String SLICE_SERVICE = "kubernetes.io/service-name";

    private Marks() {}
}
