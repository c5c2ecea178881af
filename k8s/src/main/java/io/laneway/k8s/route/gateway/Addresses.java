package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under which the gateways at the edge are reached, from their Services. Immutable.
 *
 * @param pending whether a Service waits for its load balancer and there is no address yet
 * @param lack    what the gateways have too little of; null for nothing
 */
record Addresses(
        List<GatewayStatusAddress> all,
        boolean pending,
        @Nullable String lack) {

    /** Labels of the edge's Services, as the manifests and the chart have them. */
    static final Map<String, String> LABELS = Map.of("app", "laneway-gateway", "laneway.io/role", "edge");

    /** As many as a status may have. */
    private static final int MAX = 16;

    static Addresses of(List<Service> services, @Nullable String lack) {
        List<GatewayStatusAddress> all = new ArrayList<>();
        boolean waits = false;
        for (Service service : services) {
            int before = all.size();
            add(service, all);
            waits |= all.size() == before;
        }
        return new Addresses(all.stream().distinct().limit(MAX).toList(), waits && all.isEmpty(), lack);
    }

    private static void add(Service service, List<GatewayStatusAddress> all) {
        if ("LoadBalancer".equals(service.getSpec().getType())) {
            var balancer =
                    service.getStatus() == null ? null : service.getStatus().getLoadBalancer();
            List<LoadBalancerIngress> ingress = balancer == null ? List.of() : balancer.getIngress();
            for (LoadBalancerIngress one : ingress) {
                boolean ip = one.getIp() != null;
                all.add(new GatewayStatusAddress(ip ? "IPAddress" : "Hostname", ip ? one.getIp() : one.getHostname()));
            }
        } else if (service.getSpec().getClusterIP() != null
                && !service.getSpec().getClusterIP().equals("None")) {
            all.add(new GatewayStatusAddress("IPAddress", service.getSpec().getClusterIP()));
        }
        service.getSpec().getExternalIPs().forEach(ip -> all.add(new GatewayStatusAddress("IPAddress", ip)));
    }
}
