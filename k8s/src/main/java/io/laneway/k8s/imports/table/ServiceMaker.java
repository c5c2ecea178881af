package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.router.document.tree.Location;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the services of a table of the upstreams of rules, each once for each policy and set of lanes. Confined to one thread. */
final class ServiceMaker {

    private record Key(List<Deployment> deployments, Policy policy) {}

    private final Report report;
    private final Map<Key, ServiceId> made = new HashMap<>();
    private final List<Service> services = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Location> used = new HashSet<>();

    ServiceMaker(Report report) {
        this.report = report;
    }

    List<Service> services() {
        return services;
    }

    /** Names the upstreams that were read and are in no service. */
    void unused(Collection<Upstream> read) {
        for (Upstream upstream : read) {
            if (!used.contains(upstream.at()) && !report.names(upstream.at())) {
                report.notTaken(upstream.at(), "no rule that was taken leads to '" + upstream.name() + "'", "");
            }
        }
    }

    /** The service of one upstream without lanes. */
    ServiceId one(Upstream upstream, Policy rule) {
        used.add(upstream.at());
        Policy policy = PolicyDraft.joined(upstream.policy(), rule, grpc(upstream));
        return service(upstream.name(), List.of(deployment(LaneTable.DEFAULT_BASE, upstream)), policy);
    }

    /** The service of a rule and of those of its lanes; null after a finding if their weights fit no deployment. */
    @Nullable
    ServiceId of(Entry entry) {
        Map<String, List<Action.Target>> byLane = new LinkedHashMap<>();
        byLane.put(LaneTable.DEFAULT_BASE, entry.action().targets());
        entry.lanes().forEach((lane, rule) -> byLane.put(lane, rule.action().targets()));
        List<Deployment> deployments = new ArrayList<>();
        List<String> upstreams = new ArrayList<>();
        boolean grpc = true;
        for (Map.Entry<String, List<Action.Target>> lane : byLane.entrySet()) {
            Rule rule = entry.lanes().get(lane.getKey());
            Location at = rule == null ? entry.at() : rule.at();
            Upstream upstream = Weights.one(lane.getValue(), at, report);
            if (upstream == null && rule == null) {
                return null;
            }
            if (upstream != null) {
                lane.getValue().forEach(target -> used.add(target.upstream().at()));
                deployments.add(deployment(lane.getKey(), upstream));
                grpc &= grpc(upstream);
                upstreams.add(upstream.name());
                likeBase(upstream, entry.action().targets().get(0).upstream());
            }
        }
        Upstream base = entry.action().targets().get(0).upstream();
        return service(
                common(upstreams),
                deployments,
                PolicyDraft.joined(base.policy(), entry.action().policy(), grpc));
    }

    private static boolean grpc(Upstream upstream) {
        return upstream.protocol() != Protocol.HTTP1 && upstream.protocol() != Protocol.HTTPS;
    }

    private void likeBase(Upstream lane, Upstream base) {
        if (!lane.policy().equals(base.policy())) {
            report.differs(
                    lane.at(),
                    "'" + lane.name() + "' serves a lane of '" + base.name() + "' and has its policy, not its own",
                    "one policy");
        }
    }

    private ServiceId service(String wanted, List<Deployment> deployments, Policy policy) {
        return made.computeIfAbsent(new Key(deployments, policy), key -> {
            ServiceId id = ServiceId.of(unique(wanted));
            services.add(new Service(id, List.of(), null, deployments, policy));
            return id;
        });
    }

    private static Deployment deployment(String lane, Upstream upstream) {
        return new Deployment(
                lane, List.of(new Port("", Port.ANY, upstream.protocol(), upstream.endpoints())), upstream.tls());
    }

    /** What the names of a service's upstreams begin with: {@code order} of {@code order-master} and {@code order-f-1}. */
    private static String common(List<String> upstreams) {
        String first = upstreams.get(0);
        int length = first.length();
        for (String name : upstreams) {
            int same = 0;
            while (same < Math.min(length, name.length()) && name.charAt(same) == first.charAt(same)) {
                same++;
            }
            length = same;
        }
        boolean whole = length == first.length();
        while (length > 0 && !whole && Character.isLetterOrDigit(first.charAt(length - 1))) {
            length--;
        }
        String trimmed = first.substring(0, length).replaceAll("[^A-Za-z0-9]+$", "");
        return trimmed.isEmpty() ? first : trimmed;
    }

    private String unique(String wanted) {
        String form = wanted.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        String name = form.isEmpty() ? "service" : form;
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }
}
