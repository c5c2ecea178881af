package io.laneway.router.table;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the services of one table and finds out which states of the table before are gone. Confined to one thread. */
final class ServiceCompiler<S extends DeploymentState, R> {

    private final LiveParts<S, R> states;
    private final CompiledTable<S, R> before;
    private final LaneIndex lanes;
    private final List<S> kept = new ArrayList<>();
    private final List<ServiceEntry<S, R>> replaced = new ArrayList<>();
    private int reused;

    ServiceCompiler(LiveParts<S, R> states, CompiledTable<S, R> before, LaneIndex lanes) {
        this.states = states;
        this.before = before;
        this.lanes = lanes;
    }

    /** The entries of all services of the table, in order. */
    ServiceEntry<S, R>[] compile(List<Service> services) {
        ServiceEntry<S, R>[] entries = services(services.size());
        for (int i = 0; i < entries.length; i++) {
            entries[i] = compile(i, services.get(i));
        }
        return entries;
    }

    @SuppressWarnings("ReferenceEquality") // what no delta touched is the same instance
    private ServiceEntry<S, R> compile(int place, Service service) {
        if (place < before.services() && before.service(place).service() == service) {
            reused++;
            return before.service(place);
        }
        ServiceEntry<S, R> old = old(place, service);
        if (old != null && old.service().equals(service)) {
            reused++;
            return old;
        }
        return compile(service, old);
    }

    private @Nullable ServiceEntry<S, R> old(int place, Service service) {
        ServiceEntry<S, R> there = place < before.services() ? before.service(place) : null;
        ServiceEntry<S, R> old =
                there != null && there.service().id().equals(service.id()) ? there : before.service(service.id());
        return old != null && old.service().id().equals(service.id()) ? old : null;
    }

    private ServiceEntry<S, R> compile(Service service, @Nullable ServiceEntry<S, R> old) {
        if (old != null) {
            replaced.add(old);
        }
        boolean samePolicy = old != null && old.service().policy().equals(service.policy());
        List<DeploymentEntry<S>> entries = new ArrayList<>(service.deployments().size());
        Set<String> slugs = new HashSet<>();
        int i = 0;
        for (Deployment deployment : service.deployments()) {
            DeploymentEntry<S> last = last(old, i++, deployment.lane());
            String slug = last == null ? slug(deployment.lane()) : last.slug();
            if (!slugs.add(slug)) {
                continue;
            }
            if (samePolicy && last != null && same(last.deployment(), deployment)) {
                entries.add(keep(last));
            } else {
                entries.add(compile(service, deployment, slug, last, samePolicy));
            }
        }
        return new ServiceEntry<>(service, entries, states.rules(service, old == null ? null : old.rules()));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Deployment one, Deployment other) {
        return one == other || one.equals(other);
    }

    /** The very string of the lane's entry, so that a look-up compares references before bytes. */
    private String slug(String lane) {
        LaneEntry entry = lanes.get(lane);
        return entry == null ? Slug.of(lane) : entry.slug();
    }

    private @Nullable DeploymentEntry<S> last(@Nullable ServiceEntry<S, R> old, int index, String lane) {
        if (old == null) {
            return null;
        }
        if (index < old.deployments()
                && old.deployment(index).deployment().lane().equals(lane)) {
            return old.deployment(index);
        }
        return old.deployment(Slug.of(lane));
    }

    private DeploymentEntry<S> keep(DeploymentEntry<S> entry) {
        for (int i = 0; i < entry.ports(); i++) {
            kept.add(entry.port(i).state());
        }
        return entry;
    }

    private DeploymentEntry<S> compile(
            Service service, Deployment next, String slug, @Nullable DeploymentEntry<S> last, boolean samePolicy) {
        boolean sameWay =
                samePolicy && last != null && Objects.equals(last.deployment().tls(), next.tls());
        PortEntry<S>[] ports = ports(next.ports().size());
        for (int i = 0; i < ports.length; i++) {
            Port port = next.ports().get(i);
            PortEntry<S> old = last == null ? null : last.port(port.name(), port.number());
            ports[i] = sameWay && old != null && old.port().equals(port)
                    ? old
                    : new PortEntry<>(port, states.open(service, next, port, old == null ? null : old.state()));
            kept.add(ports[i].state());
        }
        return new DeploymentEntry<>(next, slug, ports);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    static <S extends DeploymentState, R> ServiceEntry<S, R>[] services(int length) {
        return new ServiceEntry[length];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S extends DeploymentState> PortEntry<S>[] ports(int length) {
        return new PortEntry[length];
    }

    /** The states of the previous table that the new one, of these services, does not have. */
    List<S> retired(ServiceEntry<S, R>[] now) {
        List<S> retired = new ArrayList<>();
        if (replaced.isEmpty() && reused == before.services()) {
            return retired;
        }
        Set<S> stay = Collections.newSetFromMap(new IdentityHashMap<>());
        stay.addAll(kept);
        replaced.forEach(entry -> addGone(entry, stay, retired));
        if (reused + replaced.size() < before.services()) {
            addRemoved(now, stay, retired);
        }
        return retired;
    }

    private void addRemoved(ServiceEntry<S, R>[] now, Set<S> stay, List<S> retired) {
        Set<ServiceEntry<S, R>> present = Collections.newSetFromMap(new IdentityHashMap<>());
        present.addAll(Arrays.asList(now));
        for (int i = 0; i < before.services(); i++) {
            if (!present.contains(before.service(i))) {
                addGone(before.service(i), stay, retired);
            }
        }
    }

    private void addGone(ServiceEntry<S, R> entry, Set<S> stay, List<S> retired) {
        for (int i = 0; i < entry.deployments(); i++) {
            for (int j = 0; j < entry.deployment(i).ports(); j++) {
                S state = entry.deployment(i).port(j).state();
                if (stay.add(state)) {
                    retired.add(state);
                }
            }
        }
    }
}
