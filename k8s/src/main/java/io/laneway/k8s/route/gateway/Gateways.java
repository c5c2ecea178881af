package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClassStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSetBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSetStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SupportedFeature;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.gateway.ListenerSets.Member;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our Gateways among those of a cluster, and what is in their status and in that of our GatewayClasses. A Gateway is
 * ours by its name, and by its class: that of another controller is never touched. Blocks; confined to one thread.
 */
public final class Gateways {

    /** How our Gateway's class names us. */
    public static final String CONTROLLER = "laneway.io/gateway-controller";

    private static final Logger log = LoggerFactory.getLogger(Gateways.class);

    private static final String REFS = "ResolvedRefs";
    private static final String INSECURE = "InsecureFrontendValidationMode";
    private static final String NO_BACKEND_TLS = "spec.tls.backend: not supported, no certificate is shown to backends"
            + " (expected: none, and tls of the deployments)";

    private final KubernetesClient client;
    private final Clock clock;
    private final StatusWriter statuses;
    private final NamedServices named;

    public Gateways(KubernetesClient client, Clock clock) {
        this.client = client;
        this.statuses = new StatusWriter(client);
        this.named = new NamedServices(client);
        this.clock = clock;
    }

    /** Our Gateways by {@code namespace/name}. */
    public static Map<String, Gateway> ours(List<Gateway> all, List<GatewayClass> classes, Parents parents) {
        Map<String, Gateway> ours = new TreeMap<>();
        ofOurClass(all, classes).filter(one -> named(one, parents)).forEach(one -> ours.put(Meta.key(one), one));
        return ours;
    }

    /** Those of our class that have another name. */
    public static List<Gateway> others(List<Gateway> all, List<GatewayClass> classes, Parents parents) {
        return ofOurClass(all, classes).filter(one -> !named(one, parents)).toList();
    }

    private static boolean named(Gateway one, Parents parents) {
        return parents.named(Meta.namespace(one), one.getMetadata().getName());
    }

    private static Stream<Gateway> ofOurClass(List<Gateway> all, List<GatewayClass> classes) {
        Set<String> names = classes.stream()
                .filter(one -> isOurs(one) && isPlain(one))
                .map(one -> one.getMetadata().getName())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(one ->
                        one.getSpec() != null && names.contains(one.getSpec().getGatewayClassName()));
    }

    private static boolean isOurs(GatewayClass one) {
        return one.getSpec() != null && CONTROLLER.equals(one.getSpec().getControllerName());
    }

    /** Whether a class asks for nothing by parameters, of which there are none. */
    private static boolean isPlain(GatewayClass one) {
        return one.getSpec().getParametersRef() == null;
    }

    /**
     * Says of each class of ours that it is accepted, and what it can do; false if that is to be tried again.
     *
     * @param edge how Gateways are reached
     */
    public boolean accept(List<GatewayClass> classes, Edge edge) {
        if (classes.stream().noneMatch(Gateways::isOurs)) {
            return true;
        }
        boolean settled = true;
        List<SupportedFeature> features = Features.of(edge, edge.isKnown() && named.isPermitted());
        BundleVersion version = BundleVersion.read(client);
        for (GatewayClass one : classes) {
            if (isOurs(one) && !status(one, version, features).equals(one.getStatus())) {
                settled &= write(
                        one,
                        now -> new GatewayClassBuilder(now)
                                .withStatus(status(now, version, features))
                                .build());
            }
        }
        return settled;
    }

    private GatewayClassStatus status(
            GatewayClass one, @Nullable BundleVersion version, List<SupportedFeature> features) {
        List<Condition> before =
                one.getStatus() == null ? List.of() : one.getStatus().getConditions();
        List<Condition> own = ofClass(one, version, before);
        List<Condition> now = new ArrayList<>(before);
        now.removeIf(old -> own.stream().anyMatch(mine -> mine.getType().equals(old.getType())));
        now.addAll(own);
        return new GatewayClassStatus(now, features);
    }

    private List<Condition> ofClass(GatewayClass one, @Nullable BundleVersion version, List<Condition> before) {
        Conditions conditions = new Conditions(clock, one.getMetadata().getGeneration());
        List<Condition> own = new ArrayList<>();
        boolean plain = isPlain(one);
        own.add(conditions.make(
                "Accepted",
                plain,
                plain ? "Accepted" : "InvalidParameters",
                plain ? "" : "spec.parametersRef: not supported (expected: none)",
                before));
        if (version != null) {
            String reason = version.supported() ? "SupportedVersion" : "UnsupportedVersion";
            own.add(conditions.make("SupportedVersion", version.supported(), reason, version.message(), before));
        }
        return own;
    }

    /**
     * Writes the status of our Gateways and of their ListenerSets; false if that is to be tried again.
     *
     * @param sets     our Gateways and ListenerSets
     * @param attached the listeners that took each route of a Gateway, by the Gateway's key
     * @param grants   whose Secrets Gateways may name
     * @param clients  what they ask of clients' certificates
     * @param edge     how they are reached
     */
    public boolean write(
            ListenerSets sets,
            Map<String, List<Set<String>>> attached,
            Grants grants,
            FrontendClients clients,
            Edge edge) {
        ListenerStatuses listeners = new ListenerStatuses(new CertificateRefs(client, grants), clients, edge);
        ListenerSetStatuses ofSets = new ListenerSetStatuses(listeners, clock);
        boolean settled = true;
        for (Gateway one : sets.own().values()) {
            String key = Meta.key(one);
            Addresses addresses = edge.addresses(key);
            settled &= !addresses.pending();
            Map<String, Integer> counts = counts(attached.getOrDefault(key, List.of()));
            Gateway whole = Objects.requireNonNull(sets.whole().get(key), "whole");
            boolean reached = Admission.of(
                            one, addresses, listeners.of(one, whole, counts, new Conditions(clock, null)))
                    .programmed()
                    .is();
            int joined = 0;
            for (Member member : sets.members(key)) {
                ListenerSet set = member.object();
                ListenerSetStatus said = ofSets.of(set, member, whole, counts, reached);
                joined += ListenerSetStatuses.isAccepted(said) ? 1 : 0;
                settled &= said.equals(set.getStatus())
                        || write(
                                set,
                                now -> new ListenerSetBuilder(now)
                                        .withStatus(ofSets.of(now, member, whole, counts, reached))
                                        .build());
            }
            Integer attachedSets = joined == 0 ? null : joined;
            UnaryOperator<Gateway> change = now -> new GatewayBuilder(now)
                    .withStatus(status(now, whole, counts, addresses, listeners, attachedSets))
                    .build();
            settled &= change.apply(one).getStatus().equals(one.getStatus()) || write(one, change);
        }
        settled &= named.keep(sets.own().values(), edge);
        return settled && listeners.resolved();
    }

    private static Map<String, Integer> counts(List<Set<String>> routes) {
        Map<String, Integer> counts = new TreeMap<>();
        routes.forEach(route -> route.forEach(name -> counts.merge(name, 1, Integer::sum)));
        return counts;
    }

    /**
     * Says of Gateways of our class why they are not programmed; false if that is to be tried again. One that is accepted
     * is left alone: another control API serves it.
     *
     * @param served the name of the Gateway that is served
     */
    public boolean decline(List<Gateway> others, String served) {
        boolean settled = true;
        for (Gateway one : others) {
            if (!isAccepted(one) && !declined(one, served).getConditions().equals(conditions(one))) {
                settled &= write(
                        one,
                        now -> isAccepted(now)
                                ? now
                                : new GatewayBuilder(now)
                                        .withStatus(declined(now, served))
                                        .build());
            }
        }
        return settled;
    }

    /** What its status says now. */
    private static List<Condition> conditions(Gateway one) {
        return one.getStatus() == null ? List.of() : one.getStatus().getConditions();
    }

    private static boolean isAccepted(Gateway one) {
        return conditions(one).stream()
                .anyMatch(old -> "Accepted".equals(old.getType())
                        && "True".equals(old.getStatus())
                        && Objects.equals(
                                old.getObservedGeneration(), one.getMetadata().getGeneration()));
    }

    private GatewayStatus declined(Gateway one, String served) {
        List<Condition> before = conditions(one);
        String why = "metadata.name: " + one.getMetadata().getName() + " (expected: " + served
                + ", the Gateway that this control API serves)";
        Conditions conditions = new Conditions(clock, one.getMetadata().getGeneration());
        List<Condition> now = others(before);
        now.add(conditions.make("Accepted", false, "Invalid", why, before));
        now.add(conditions.make("Programmed", false, "Invalid", why, before));
        return new GatewayStatus(List.of(), null, now, List.of());
    }

    private static List<Condition> others(List<Condition> before) {
        List<Condition> others = new ArrayList<>(before);
        others.removeIf(old -> Set.of("Accepted", "Programmed", REFS, INSECURE).contains(old.getType()));
        return others;
    }

    private GatewayStatus status(
            Gateway gateway,
            Gateway whole,
            Map<String, Integer> counts,
            Addresses addresses,
            ListenerStatuses listeners,
            @Nullable Integer attachedSets) {
        List<Condition> before = conditions(gateway);
        Conditions conditions = new Conditions(clock, gateway.getMetadata().getGeneration());
        List<ListenerStatus> of = listeners.of(gateway, whole, counts, conditions);
        Admission admission = Admission.of(gateway, addresses, of);
        List<Condition> now = others(before);
        now.add(made("Accepted", admission.accepted(), conditions, before));
        now.add(made("Programmed", admission.programmed(), conditions, before));
        if (gateway.getSpec().getTls() != null && gateway.getSpec().getTls().getBackend() != null) {
            now.add(conditions.make(REFS, false, "InvalidClientCertificateRef", NO_BACKEND_TLS, before));
        }
        if (FrontendClients.takesAnybody(whole)) {
            String why = "spec.tls.frontend: clients are taken whose certificates are missing or not valid";
            now.add(conditions.make(INSECURE, true, "ConfigurationChanged", why, before));
        }
        return new GatewayStatus(admission.addresses(), attachedSets, now, of);
    }

    private static Condition made(String type, Admission.Said said, Conditions conditions, List<Condition> before) {
        return conditions.make(type, said.is(), said.reason(), said.message(), before);
    }

    private <T extends HasMetadata> boolean write(T object, UnaryOperator<T> change) {
        try {
            return statuses.write(object, change);
        } catch (KubernetesClientException e) {
            log.atDebug().addKeyValue("object", Meta.key(object)).setCause(e).log("status not written, will try again");
            return false;
        }
    }
}
