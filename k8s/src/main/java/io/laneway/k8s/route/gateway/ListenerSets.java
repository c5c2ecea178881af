package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerEntry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentGatewayReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.laneway.k8s.object.Meta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our Gateways with the listeners of the ListenerSets that they allow, each behind the Gateway's own: the older ListenerSet
 * first, and of one second by namespace and name. A listener that one before it contradicts is left out. Made for one
 * reconciliation. Immutable.
 *
 * @param own     our Gateways as they are, by {@code namespace/name}
 * @param whole   the same with the listeners of ListenerSets, under names as {@link Origin} has them
 * @param members the ListenerSets of our Gateways by {@code namespace/name}, in order
 * @param others  the keys of ListenerSets of other Gateways
 */
public record ListenerSets(
        Map<String, Gateway> own, Map<String, Gateway> whole, Map<String, Member> members, Set<String> others) {

    /**
     * A ListenerSet of one of our Gateways. Immutable.
     *
     * @param gateway   the Gateway's key
     * @param listeners those that it has, under names as {@link Origin} has them
     * @param refusal   reason and message why none is served, whatever they say; null if the Gateway takes the ListenerSet
     */
    record Member(ListenerSet object, String gateway, List<Listener> listeners, Admission.@Nullable Said refusal) {

        Member {
            listeners = List.copyOf(listeners);
        }
    }

    public ListenerSets {
        own = Collections.unmodifiableMap(new TreeMap<>(own));
        whole = Collections.unmodifiableMap(new TreeMap<>(whole));
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        others = Set.copyOf(others);
    }

    /**
     * Puts listeners together.
     *
     * @param ours    our Gateways by {@code namespace/name}
     * @param all     every ListenerSet of the cluster
     * @param allowed which namespaces Gateways allow
     */
    public static ListenerSets join(Map<String, Gateway> ours, Collection<ListenerSet> all, AllowedRoutes allowed) {
        Map<String, Gateway> copies = new TreeMap<>();
        Map<String, Member> members = new LinkedHashMap<>();
        List<ListenerSet> ordered = new ArrayList<>(all);
        ordered.sort(
                Comparator.comparing((ListenerSet one) -> Meta.created(one)).thenComparing(one -> Meta.key(one)));
        for (ListenerSet set : ordered) {
            String key = parent(set);
            Gateway gateway = ours.get(key);
            if (gateway != null) {
                Member member = new Member(set, key, listeners(set), refusal(gateway, set, allowed));
                members.put(Meta.key(set), member);
                if (member.refusal() == null) {
                    add(copies.computeIfAbsent(key, any -> copy(gateway)), member.listeners());
                }
            }
        }
        Set<String> others = all.stream()
                .map(one -> Meta.key(one))
                .filter(key -> !members.containsKey(key))
                .collect(Collectors.toSet());
        Map<String, Gateway> whole = new TreeMap<>(ours);
        whole.putAll(copies);
        return new ListenerSets(ours, whole, members, others);
    }

    /** The ListenerSets of one of our Gateways. */
    List<Member> members(String gateway) {
        return members.values().stream()
                .filter(one -> one.gateway().equals(gateway))
                .toList();
    }

    /** The key of the Gateway that a parent of a route means, itself or by one of its ListenerSets; null if none of ours. */
    public @Nullable String gateway(ParentReference parent, String routeNamespace) {
        String key = Parents.key(parent, routeNamespace);
        if (Parents.isSet(parent)) {
            Member member = members.get(key);
            return member == null ? null : member.gateway();
        }
        return Parents.isGateway(parent) && own.containsKey(key) ? key : null;
    }

    /** Whether a parent is a ListenerSet of ours, or one that is no more, so that no other controller says anything of it. */
    public boolean isOursOrGone(ParentReference parent, String routeNamespace) {
        return Parents.isSet(parent) && !others.contains(Parents.key(parent, routeNamespace));
    }

    /** The key of the Gateway that it names; empty if it names something else. */
    private static String parent(ListenerSet set) {
        ParentGatewayReference parent = set.getSpec().getParentRef();
        boolean gateway = (parent.getGroup() == null || parent.getGroup().equals(Grants.GROUP))
                && (parent.getKind() == null || parent.getKind().equals(Parents.GATEWAY));
        String namespace = parent.getNamespace() == null ? Meta.namespace(set) : parent.getNamespace();
        return gateway ? Meta.key(namespace, parent.getName()) : "";
    }

    private static Admission.@Nullable Said refusal(Gateway gateway, ListenerSet set, AllowedRoutes allowed) {
        if (!allowed.permit(gateway, Meta.namespace(set))) {
            return new Admission.Said(
                    false,
                    "NotAllowed",
                    "spec.allowedListeners of Gateway " + Meta.key(gateway) + " does not allow namespace '"
                            + Meta.namespace(set) + "'");
        }
        boolean served = gateway.getSpec().getListeners().stream().anyMatch(one -> Listeners.serves(gateway, one));
        return served && Admission.refusal(gateway) == null
                ? null
                : new Admission.Said(
                        false,
                        "ParentNotAccepted",
                        "Gateway " + Meta.key(gateway) + " is not accepted: see its status");
    }

    private static List<Listener> listeners(ListenerSet set) {
        return set.getSpec().getListeners().stream()
                .map(one -> listener(Meta.key(set), one))
                .toList();
    }

    private static Listener listener(String set, ListenerEntry entry) {
        return new ListenerBuilder()
                .withName(Origin.name(set, entry.getName()))
                .withHostname(entry.getHostname())
                .withPort(entry.getPort())
                .withProtocol(entry.getProtocol())
                .withTls(entry.getTls())
                .withAllowedRoutes(entry.getAllowedRoutes())
                .build();
    }

    private static Gateway copy(Gateway gateway) {
        Gateway copy = new GatewayBuilder(gateway).build();
        copy.getSpec().setListeners(new ArrayList<>(gateway.getSpec().getListeners()));
        return copy;
    }

    private static void add(Gateway whole, List<Listener> more) {
        for (Listener one : more) {
            if (Listeners.speaks(one) && Listeners.conflict(whole, one) == null) {
                whole.getSpec().getListeners().add(one);
            }
        }
    }
}
