package io.laneway.xds.resource;

import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.laneway.router.model.service.ServiceId;
import io.laneway.xds.route.HostPlan;
import io.laneway.xds.route.RuledHosts;
import io.laneway.xds.route.Target;
import io.laneway.xds.route.Targets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The virtual hosts of Envoys with equal traits. Confined to the thread of its world. */
final class VirtualHosts {

    private final Traits traits;
    private final int port;
    private final RuledHosts ruled;

    VirtualHosts(Traits traits) {
        this.traits = traits;
        this.port =
                Integer.parseInt(traits.listener().substring(traits.listener().lastIndexOf(':') + 1));
        this.ruled = new RuledHosts(traits.external());
    }

    List<VirtualHost> of(World world) {
        List<VirtualHost> hosts = new ArrayList<>();
        List<String> unserved = new ArrayList<>();
        for (ServiceResources service : world.services().values()) {
            VirtualHost host = traits.external() ? service.external() : service.internal();
            if (host != null && wanted(service.id())) {
                hosts.add(host);
            } else if (host != null) {
                unserved.addAll(host.getDomainsList());
            }
        }
        HostPlan plan = world.hosts().plan(traits.external(), port);
        if (!plan.isPlain()) {
            hosts.addAll(ruled.of(plan, world.carriers(), new Known(world), unserved));
        }
        RuledHosts.unserved(hosts, unserved, traits.external()).ifPresent(hosts::add);
        return hosts;
    }

    private boolean wanted(ServiceId service) {
        return traits.services().isEmpty() || traits.services().contains(service.toString());
    }

    /** Services as these nodes get them. */
    private final class Known implements Targets {

        private final World world;

        Known(World world) {
            this.world = world;
        }

        @Override
        public boolean has(ServiceId service) {
            return world.service(service) != null;
        }

        @Override
        public @Nullable Target target(ServiceId service) {
            ServiceResources found = world.service(service);
            return found == null || !wanted(found.id()) ? null : found.target();
        }
    }
}
