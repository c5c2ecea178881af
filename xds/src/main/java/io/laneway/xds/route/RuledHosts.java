package io.laneway.xds.route;

import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.ServiceId;
import io.laneway.xds.host.HostPlan;
import io.laneway.xds.host.HostPlan.Chain;
import io.laneway.xds.host.HostPlan.LaneHost;
import io.laneway.xds.host.HostPlan.Ruled;
import io.laneway.xds.host.PathOrder;
import io.laneway.xds.lane.HostPatterns;
import io.laneway.xds.lane.LaneInput;
import io.laneway.xds.lane.LaneInputs;
import io.laneway.xds.words.OnMatches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hosts with routes of the table as virtual hosts of an Envoy: a list of rules by path and what else a route looks at, each of
 * which leads to the lanes of its service. Keeps rules that have not changed since the last time. Confined to one thread.
 */
public final class RuledHosts {

    /** Rules are made for the host patterns of lanes that their hosts may match. */
    private record Key(Rule rule, List<Integer> patterns) {}

    private final boolean external;
    private Map<Key, OnMatch> kept = new HashMap<>();
    private Map<Key, OnMatch> used = new HashMap<>();
    private Map<List<Integer>, List<LaneInput>> inputs = new HashMap<>();
    private @Nullable Carriers carriers;

    /** @param external whether external clients call */
    public RuledHosts(boolean external) {
        this.external = external;
    }

    /**
     * The virtual hosts of a plan.
     *
     * @param unserved takes the domains of those that lead to no service of the client
     */
    public List<VirtualHost> of(HostPlan plan, Carriers of, Targets targets, List<String> unserved) {
        if (!of.equals(carriers)) {
            kept.clear();
            inputs = new HashMap<>();
            carriers = of;
        }
        used = new HashMap<>();
        Making making = new Making(of, targets);
        List<VirtualHost> hosts = new ArrayList<>();
        for (Ruled host : plan.ruled()) {
            if (making.leads(host)) {
                hosts.add(making.host(host));
            } else {
                unserved.addAll(host.domains());
            }
        }
        kept = used;
        return hosts;
    }

    /**
     * A virtual host for hosts that are none of a client's, but would be taken for hosts of one of its wildcards.
     *
     * @param wildcards domains of those that it gets, which begin with a star
     * @param unserved  the domains that it does not get
     */
    public static Optional<VirtualHost> unserved(List<String> wildcards, List<String> unserved, boolean external) {
        List<String> taken = unserved.stream()
                .filter(domain -> wildcards.stream().anyMatch(wildcard -> domain.endsWith(wildcard.substring(1))))
                .toList();
        return taken.isEmpty()
                ? Optional.empty()
                : Optional.of(EnvoyHosts.begun("unserved", taken, OnMatches.act(List.of(Replies.noRoute())), external)
                        .build());
    }

    /** One making of all. */
    private final class Making {

        private final Carriers carriers;
        private final boolean externalBaggage;
        private final Targets targets;

        Making(Carriers carriers, Targets targets) {
            this.carriers = carriers;
            this.externalBaggage = !carriers.baggage().contains(Carriers.MARKER);
            this.targets = targets;
        }

        /** Whether any rule of a host leads to a service of the client. */
        boolean leads(Ruled host) {
            return leads(host.chain()) || host.lanes().stream().anyMatch(lane -> leads(lane.chain()));
        }

        private boolean leads(Chain chain) {
            return (chain.service() != null && targets.target(chain.service()) != null)
                    || chain.routes().stream()
                            .flatMap(route -> route.services().stream())
                            .anyMatch(service -> targets.target(service) != null)
                    || chain.routes().stream().anyMatch(route -> route.action().redirect() != null);
        }

        VirtualHost host(Ruled host) {
            List<Integer> patterns = LaneInputs.patterns(carriers, host.domains());
            List<FieldMatcher> lanes = new ArrayList<>();
            for (LaneHost lane : host.lanes()) {
                Predicate internal = OnMatches.matching(
                        LaneInputs.ofHeader(HostPatterns.AUTHORITY), HostPatterns.authority(lane.pattern(), "[^.:]+"));
                lanes.add(OnMatches.when(internal, chain(lane.chain(), patterns)));
            }
            OnMatch others = chain(host.chain(), patterns);
            OnMatch all = lanes.isEmpty() ? others : OnMatches.to(OnMatches.first(lanes, others));
            return EnvoyHosts.begun("routes/" + host.domains().get(0), host.domains(), all, external)
                    .build();
        }

        private OnMatch chain(Chain chain, List<Integer> patterns) {
            List<FieldMatcher> rules = new ArrayList<>();
            for (Route route : chain.routes()) {
                Rule rule = Rule.of(route, targets, external, externalBaggage);
                if (rule == null) {
                    continue;
                }
                Predicate wanted = PathOrder.wanted(route);
                OnMatch to = made(rule, patterns);
                if (wanted == null) {
                    return rules.isEmpty() ? to : OnMatches.to(OnMatches.first(rules, to));
                }
                rules.add(OnMatches.when(wanted, to));
            }
            ServiceId service = chain.service();
            OnMatch last = service == null
                    ? OnMatches.act(List.of(Replies.noRoute()))
                    : made(Rule.of(service, targets, external, externalBaggage), patterns);
            return rules.isEmpty() ? last : OnMatches.to(OnMatches.first(rules, last));
        }

        private OnMatch made(Rule rule, List<Integer> patterns) {
            Key key = new Key(rule, patterns);
            OnMatch made = kept.get(key);
            if (made == null) {
                List<LaneInput> read =
                        inputs.computeIfAbsent(patterns, places -> LaneInputs.of(carriers, external, places));
                made = PortMatches.of(rule.choices(), choice -> new RuleActions(rule, external, true, choice).of(read));
            }
            used.put(key, made);
            return made;
        }
    }
}
