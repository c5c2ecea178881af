package io.laneway.k8s.object;

/** The address of an endpoint, {@code host:port} as the lane table has it, with brackets around IPv6. Stateless. */
public final class EndpointAddress {

    private EndpointAddress() {}

    /** The address of a port of a host. */
    public static String of(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The address without its port and brackets. */
    public static String host(String address) {
        return address.substring(0, address.lastIndexOf(':')).replace("[", "").replace("]", "");
    }
}
