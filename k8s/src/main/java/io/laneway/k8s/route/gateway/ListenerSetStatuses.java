package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerEntryStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerEntryStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSetStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.laneway.k8s.route.gateway.Admission.Said;
import io.laneway.k8s.route.gateway.ListenerSets.Member;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The status of each ListenerSet of our Gateways: one is accepted as long as one of its listeners is of use. Made for one
 * reconciliation; confined to one thread.
 */
final class ListenerSetStatuses {

    private static final String ACCEPTED = "Accepted";
    private static final String PROGRAMMED = "Programmed";

    /** What we say of a ListenerSet: conditions of other types are those of others. */
    private static final Set<String> OURS = Set.of(ACCEPTED, PROGRAMMED);

    private final ListenerStatuses listeners;
    private final Clock clock;

    ListenerSetStatuses(ListenerStatuses listeners, Clock clock) {
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * What is to be said of one.
     *
     * @param now     the object, whose status is to be kept where it is others'
     * @param whole   its Gateway, with the listeners of its ListenerSets
     * @param counts  how many routes each listener of the Gateway has
     * @param reached whether the Gateway is programmed
     */
    ListenerSetStatus of(ListenerSet now, Member member, Gateway whole, Map<String, Integer> counts, boolean reached) {
        ListenerSetStatus old = now.getStatus();
        List<Condition> before = old == null ? List.of() : old.getConditions();
        Conditions conditions = new Conditions(clock, now.getMetadata().getGeneration());
        List<ListenerEntryStatus> entries = new ArrayList<>();
        if (member.refusal() == null) {
            for (Listener one : member.listeners()) {
                String name = Origin.of(whole, one).listener();
                List<Condition> said = old == null
                        ? List.of()
                        : old.getListeners().stream()
                                .filter(entry -> name.equals(entry.getName()))
                                .flatMap(entry -> entry.getConditions().stream())
                                .toList();
                int routes = counts.getOrDefault(one.getName(), 0);
                entries.add(entry(name, listeners.one(whole, one, routes, conditions, said)));
            }
        }
        Said refusal = member.refusal();
        Said accepted = refusal == null ? accepted(entries) : refusal;
        Said programmed = programmed(accepted, entries, reached, member.gateway());
        List<Condition> all = new ArrayList<>(before);
        all.removeIf(one -> OURS.contains(one.getType()));
        all.add(conditions.make(ACCEPTED, accepted.is(), accepted.reason(), accepted.message(), before));
        all.add(conditions.make(PROGRAMMED, programmed.is(), programmed.reason(), programmed.message(), before));
        return new ListenerSetStatus(all, entries);
    }

    /** Whether a status says that its ListenerSet is part of the Gateway. */
    static boolean isAccepted(ListenerSetStatus status) {
        return says(status.getConditions(), ACCEPTED);
    }

    private static ListenerEntryStatus entry(String name, ListenerStatus status) {
        return new ListenerEntryStatusBuilder()
                .withName(name)
                .withSupportedKinds(status.getSupportedKinds())
                .withAttachedRoutes(status.getAttachedRoutes())
                .withConditions(status.getConditions())
                .build();
    }

    private static Said accepted(List<ListenerEntryStatus> entries) {
        long useless = entries.stream().filter(one -> !isOfUse(one)).count();
        return useless == 0
                ? new Said(true, ACCEPTED, "")
                : new Said(
                        useless < entries.size(),
                        "ListenersNotValid",
                        useless + " of " + entries.size() + " listeners are not valid");
    }

    private static Said programmed(Said accepted, List<ListenerEntryStatus> entries, boolean reached, String gateway) {
        if (!accepted.is()) {
            return accepted;
        }
        if (!reached) {
            return new Said(false, "ParentNotProgrammed", "Gateway " + gateway + " is not programmed: see its status");
        }
        return entries.stream().anyMatch(one -> says(one.getConditions(), PROGRAMMED))
                ? new Said(true, PROGRAMMED, "")
                : new Said(
                        false, "PortUnavailable", "no Service of the edge leads the listeners' ports to the gateways");
    }

    /** Whether a listener can serve requests, once clients reach its port. */
    private static boolean isOfUse(ListenerEntryStatus entry) {
        return says(entry.getConditions(), ACCEPTED)
                && entry.getConditions().stream()
                        .anyMatch(one -> PROGRAMMED.equals(one.getType())
                                && ("True".equals(one.getStatus()) || ListenerStatuses.WAITS.equals(one.getReason())));
    }

    private static boolean says(List<Condition> conditions, String type) {
        return conditions.stream().anyMatch(one -> type.equals(one.getType()) && "True".equals(one.getStatus()));
    }
}
