package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewaySpecAddress;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusAddress;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Gateway as a whole is accepted and programmed, and under which addresses it is reached. Immutable.
 *
 * @param accepted   condition {@code Accepted}
 * @param programmed condition {@code Programmed}
 */
record Admission(Said accepted, Said programmed, List<GatewayStatusAddress> addresses) {

    /** A condition without its object and time. */
    record Said(boolean is, String reason, String message) {}

    private static final Said ACCEPTED = new Said(true, "Accepted", "");
    private static final Said PROGRAMMED = new Said(true, "Programmed", "");
    private static final String IP = "IPAddress";
    private static final Set<String> TYPES = Set.of(IP, "Hostname");

    static Admission of(Gateway gateway, Addresses addresses, List<ListenerStatus> listeners) {
        Said accepted = accepted(gateway, listeners);
        List<GatewayStatusAddress> wanted = wanted(gateway);
        List<GatewayStatusAddress> strange =
                wanted.stream().filter(one -> !addresses.all().contains(one)).toList();
        List<GatewayStatusAddress> all = wanted.isEmpty() || !strange.isEmpty() ? addresses.all() : List.copyOf(wanted);
        return new Admission(accepted, programmed(accepted, strange, addresses), all);
    }

    /** Why a Gateway is not accepted whatever its listeners are; null if it may be. */
    static @Nullable Said refusal(Gateway gateway) {
        for (GatewaySpecAddress one : gateway.getSpec().getAddresses()) {
            if (!TYPES.contains(type(one))) {
                return new Said(
                        false,
                        "UnsupportedAddress",
                        "addresses: type " + type(one) + " (expected: one of " + TYPES + ")");
            }
        }
        var infrastructure = gateway.getSpec().getInfrastructure();
        if (infrastructure != null && infrastructure.getParametersRef() != null) {
            return new Said(false, "InvalidParameters", "infrastructure.parametersRef (expected: none)");
        }
        return null;
    }

    private static Said accepted(Gateway gateway, List<ListenerStatus> listeners) {
        Said refusal = refusal(gateway);
        if (refusal != null) {
            return refusal;
        }
        long refused = listeners.stream().filter(one -> !accepted(one)).count();
        return refused == 0
                ? ACCEPTED
                : new Said(
                        refused < listeners.size(),
                        "ListenersNotValid",
                        refused + " of " + listeners.size() + " listeners are not accepted");
    }

    private static boolean accepted(ListenerStatus listener) {
        return listener.getConditions().stream().anyMatch(Admission::accepts);
    }

    private static boolean accepts(Condition condition) {
        return "Accepted".equals(condition.getType()) && "True".equals(condition.getStatus());
    }

    private static Said programmed(Said accepted, List<GatewayStatusAddress> strange, Addresses addresses) {
        if (!accepted.is()) {
            return new Said(false, "Invalid", accepted.message());
        }
        if (addresses.lack() != null) {
            return new Said(false, "NoResources", addresses.lack());
        }
        if (!strange.isEmpty()) {
            return new Said(
                    false,
                    "AddressNotUsable",
                    "addresses: " + strange.get(0).getValue()
                            + " (expected: an address of the edge's Service, or one that"
                            + " its load balancer gives)");
        }
        return addresses.pending()
                ? new Said(
                        false,
                        "AddressNotAssigned",
                        "the Service of the edge, with labels " + Addresses.LABELS
                                + " or of this Gateway, has no address yet")
                : PROGRAMMED;
    }

    /** The first IP address that a Gateway asks for by its value; null if it asks for none. */
    static @Nullable String ip(Gateway gateway) {
        return wanted(gateway).stream()
                .filter(one -> IP.equals(one.getType()))
                .map(GatewayStatusAddress::getValue)
                .findFirst()
                .orElse(null);
    }

    /** The addresses that the Gateway asks for by their value: one without leaves the choice to us. */
    private static List<GatewayStatusAddress> wanted(Gateway gateway) {
        return gateway.getSpec().getAddresses().stream()
                .filter(one -> one.getValue() != null && !one.getValue().isEmpty())
                .map(one -> new GatewayStatusAddress(type(one), one.getValue()))
                .distinct()
                .toList();
    }

    private static String type(GatewaySpecAddress address) {
        return address.getType() == null ? IP : address.getType();
    }
}
