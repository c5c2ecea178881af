package io.laneway.xds.resource;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.laneway.router.model.service.Endpoint;
import java.util.List;

/** {@code host:port} as an address of xDS, and whether it needs a resolver. Stateless. */
final class Addresses {

    private Addresses() {}

    static Address of(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder()
                        .setAddress(host(hostAndPort))
                        .setPortValue(Integer.parseInt(hostAndPort.substring(colon + 1))))
                .build();
    }

    /** The host, an IPv6 address without its brackets. */
    static String host(String hostAndPort) {
        String host = hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether all are IP addresses, as EDS wants them. */
    static boolean literal(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::address).map(Addresses::host).allMatch(Addresses::literal);
    }

    private static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
