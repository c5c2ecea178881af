package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The addresses under which the gateways at the edge are reached, from their Services. Immutable.
 *
 * @param pending whether a Service waits for its load balancer and there is no address yet
 */
record Addresses(List<GatewayStatusAddress> all, boolean pending) {

    /** Labels of the edge's Services, as the manifests and the chart have them. */
    static final Map<String, String> LABELS = Map.of("app", "laneway-gateway", "laneway.io/role", "edge");

    static Addresses of(List<Service> services) {
        List<GatewayStatusAddress> all = new ArrayList<>();
        boolean waits = false;
        for (Service service : services) {
            int before = all.size();
            add(service, all);
            waits |= all.size() == before;
        }
        return new Addresses(List.copyOf(all), waits && all.isEmpty());
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
