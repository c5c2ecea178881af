package io.laneway.xds.resource;

import io.laneway.router.model.service.ServiceId;
import io.laneway.xds.host.HostPlan;
import io.laneway.xds.route.RuledHosts;
import io.laneway.xds.route.Target;
import io.laneway.xds.route.Targets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The virtual hosts of Envoys with equal traits. Confined to the thread of its world. */
final class VirtualHosts {

    private final Traits traits;
    private final int port;
    private final RuledHosts ruled;
    /** Of the services that are wanted, in a stable order. */
    private final List<String> names;

    VirtualHosts(Traits traits) {
        this.traits = traits;
        this.names = traits.services().stream().sorted().toList();
        this.port =
                Integer.parseInt(traits.listener().substring(traits.listener().lastIndexOf(':') + 1));
        this.ruled = new RuledHosts(traits.external());
    }

    List<EncodedHost> of(World world) {
        List<EncodedHost> hosts = new ArrayList<>();
        for (ServiceResources service : wanted(world)) {
            EncodedHost host = host(service);
            if (host != null) {
                hosts.add(host);
            }
        }
        List<String> unserved = new ArrayList<>();
        HostPlan plan = world.hosts().plan(traits.external(), port);
        if (!plan.isPlain()) {
            ruled.of(plan, world.carriers(), new Known(world), unserved)
                    .forEach(host -> hosts.add(EncodedHost.of(host)));
        }
        unserved(world, hosts, unserved);
        return hosts;
    }

    private @Nullable EncodedHost host(ServiceResources service) {
        return traits.external() ? service.external() : service.internal();
    }

    private Collection<ServiceResources> wanted(World world) {
        if (traits.services().isEmpty()) {
            return world.services().values();
        }
        List<ServiceResources> wanted = new ArrayList<>();
        for (String name : names) {
            ServiceResources service = world.named(name);
            if (service != null) {
                wanted.add(service);
            }
        }
        return wanted;
    }

    /** Hosts of other services that a wildcard among these would take. */
    private void unserved(World world, List<EncodedHost> hosts, List<String> unserved) {
        List<String> wildcards = new ArrayList<>();
        hosts.forEach(host -> wildcards.addAll(host.wildcards()));
        if (traits.services().isEmpty() || wildcards.isEmpty()) {
            return;
        }
        for (ServiceResources service : world.services().values()) {
            EncodedHost host = wanted(service.id()) ? null : host(service);
            if (host != null) {
                unserved.addAll(host.domains());
            }
        }
        RuledHosts.unserved(wildcards, unserved, traits.external()).ifPresent(host -> hosts.add(EncodedHost.of(host)));
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
