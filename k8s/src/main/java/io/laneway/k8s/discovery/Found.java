package io.laneway.k8s.discovery;

import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.object.EndpointAddress;
import io.laneway.router.model.service.Port;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one Service contributes: a deployment's ports, or only its hosts where it is proxied. Immutable.
 *
 * @param key      {@code namespace/name} of the Service
 * @param created  when the Service was created; the older of two that collide wins
 * @param home     whether it is in the namespace that its lane has
 * @param twin     whether it was made beside a proxied Service, which has its pods until then and after
 * @param selector what its pods have; empty where it is not known
 * @param proxied  whether its selector points at the gateway, so that it supplies no deployment
 * @param hosts    the hosts that it claims, in lower case
 * @param ports    the ports that can be served; none if it supplies no deployment
 * @param findings what is wrong with the Service by itself
 */
public record Found(
        String key,
        String created,
        Identity identity,
        boolean home,
        boolean twin,
        Map<String, String> selector,
        boolean proxied,
        List<String> hosts,
        List<Port> ports,
        List<Finding> findings) {

    /** Who wins where two claim the same: what was made beside a proxied Service, who names its lane, the older, by name. */
    static final Comparator<Found> FIRST = Comparator.comparing((Found found) -> !found.twin())
            .thenComparing(found -> !found.identity().explicit())
            .thenComparing(Found::created)
            .thenComparing(Found::key);

    public Found {
        selector = Map.copyOf(selector);
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
        findings = List.copyOf(findings);
    }

    /** Its claims of hosts. */
    List<HostClaim> claims() {
        return hosts.stream()
                .map(host -> new HostClaim(host, identity.service(), key, created))
                .toList();
    }

    /** Its namespace. */
    String namespace() {
        return key.substring(0, key.indexOf('/'));
    }

    /** The same without endpoints at some addresses. */
    Found without(Set<String> addresses) {
        if (addresses.isEmpty()) {
            return this;
        }
        List<Port> left = ports.stream()
                .map(port -> port.with(port.endpoints().stream()
                        .filter(one -> !addresses.contains(EndpointAddress.host(one.address())))
                        .toList()))
                .toList();
        return new Found(key, created, identity, home, twin, selector, proxied, hosts, left, findings);
    }

    /** Whether its selector also selects every pod of another Service, which says more of them. */
    boolean catches(Found other) {
        return !selector.isEmpty()
                && selector.size() < other.selector.size()
                && other.selector.entrySet().containsAll(selector.entrySet());
    }

    /** Whether no port has an endpoint, ready or not. */
    boolean withoutPods() {
        return ports.stream().allMatch(port -> port.endpoints().isEmpty());
    }
}
