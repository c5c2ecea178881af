package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRequestMirrorFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalObjectReference;
import io.laneway.k8s.backend.PortTls;
import io.laneway.k8s.discovery.Found;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.resource.CustomKind;
import io.laneway.k8s.route.rule.ServiceLookup.Backend;
import io.laneway.k8s.route.rule.Verdict.Unresolved;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Port;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the services of one route's backends. What is not there, not allowed or not supported is noted in the verdict
 * under the reasons of the Gateway API. Confined to one thread.
 */
public final class Backends {

    /** A backend of either kind of route. */
    record Ref(
            @Nullable String group,
            @Nullable String kind,
            @Nullable String namespace,
            String name,
            @Nullable Integer port,
            @Nullable Integer weight,
            HeaderRules headers,
            @Nullable Rewrite rewrite) {

        int share() {
            return weight == null ? 1 : weight;
        }
    }

    /** Which of a Service's ports is meant; {@link Port#ANY} where it has but one. */
    private record Found(Backend backend, int port) {}

    private final ServiceLookup services;
    private final String namespace;
    private final Predicate<String> granted;
    private final Verdict verdict;

    /**
     * @param namespace of the route
     * @param granted   whether Services may be named, by {@code namespace/name}, that are in another namespace
     */
    public Backends(ServiceLookup services, String namespace, Predicate<String> granted, Verdict verdict) {
        this.services = services;
        this.namespace = namespace;
        this.granted = granted;
        this.verdict = verdict;
    }

    /**
     * Where requests go by their weights: services, and in the place of each that cannot be used a response of the gateway.
     *
     * @param failure the status of those responses, and of the whole rule where no backend has a weight
     */
    List<RoutePart> parts(String path, List<Ref> refs, int failure) {
        List<RoutePart> parts = new ArrayList<>();
        for (int i = 0; i < refs.size(); i++) {
            Ref ref = refs.get(i);
            if (ref.share() > 0) {
                parts.add(part(path + ".backendRefs[" + i + "]", ref, failure));
            }
        }
        return parts.isEmpty() ? List.of(RoutePart.response(failure, 1)) : parts;
    }

    /**
     * Where connections go: to the address of each Service, whatever its ports speak.
     *
     * @param opened whether it is what their TLS carried, which goes by TLS again where a policy says so
     */
    List<RoutePart> addresses(String path, List<BackendRef> refs, boolean opened) {
        List<RoutePart> parts = new ArrayList<>();
        for (int i = 0; i < refs.size(); i++) {
            BackendRef ref = refs.get(i);
            int weight = ref.getWeight() == null ? 1 : ref.getWeight();
            if (weight > 0) {
                String address = address(path + ".backendRefs[" + i + "]", ref);
                PortTls tls = opened ? tls(ref) : null;
                parts.add(
                        address == null || (tls != null && tls.tls() == null)
                                ? RoutePart.response(Rule.NO_BACKEND, weight)
                                : RoutePart.to(address, weight, tls == null ? null : tls.tls()));
            }
        }
        return parts.isEmpty() ? List.of(RoutePart.response(Rule.NO_BACKEND, 1)) : parts;
    }

    private @Nullable PortTls tls(BackendRef ref) {
        Integer port = ref.getPort();
        String in = ref.getNamespace() == null ? namespace : ref.getNamespace();
        return port == null ? null : services.tls(in, ref.getName(), port);
    }

    private @Nullable String address(String path, BackendRef ref) {
        String in = ref.getNamespace() == null ? namespace : ref.getNamespace();
        if (!permitted(path, ref.getGroup(), ref.getKind(), in, ref.getName())) {
            return null;
        }
        Integer port = ref.getPort();
        String address = port == null ? null : services.address(in, ref.getName(), port);
        if (address == null) {
            verdict.unresolved(
                    Unresolved.BACKEND_NOT_FOUND,
                    path,
                    "no Service " + ref.getName() + " with an address and port " + port);
        }
        return address;
    }

    private boolean permitted(String path, @Nullable String group, @Nullable String kind, String in, String name) {
        boolean core = group == null || group.isEmpty();
        if (!core || (kind != null && !kind.equals("Service"))) {
            verdict.unresolved(Unresolved.INVALID_KIND, path, "kind " + kind + " (expected: Service)");
            return false;
        }
        if (!in.equals(namespace) && !granted.test(in + "/" + name)) {
            verdict.unresolved(
                    Unresolved.REF_NOT_PERMITTED,
                    path + ".namespace",
                    in + " (expected: the route's own namespace, or a ReferenceGrant there)");
            return false;
        }
        verdict.backend(Meta.key(in, name));
        return true;
    }

    private RoutePart part(String at, Ref ref, int failure) {
        Found found = find(at, ref);
        return found != null && inBase(at, ref, found.backend())
                ? new RoutePart(
                        found.backend().service(), ref.share(), found.port(), null, ref.headers(), null, ref.rewrite())
                : RoutePart.response(failure, ref.share());
    }

    /** The lane that a filter names by a Lane beside the route; null, with the reason noted, if there is none. */
    @Nullable
    String lane(String path, LocalObjectReference ref) {
        if (!CustomKind.GROUP.equals(ref.getGroup()) || !CustomKind.LANE.kind().equals(ref.getKind())) {
            verdict.unresolved(
                    Unresolved.INVALID_KIND,
                    path,
                    ref.getGroup() + "/" + ref.getKind() + " (expected: " + CustomKind.GROUP + "/"
                            + CustomKind.LANE.kind() + ")");
            return null;
        }
        String lane = services.lane(namespace, ref.getName());
        if (lane == null) {
            verdict.unresolved(
                    Unresolved.INVALID_FILTER, path + ".name", "no Lane " + ref.getName() + " beside the route");
        }
        return lane;
    }

    /** Who gets copies by a filter; a lane's own Service means that lane. */
    @Nullable
    RouteMirror mirror(String path, HTTPRequestMirrorFilter filter) {
        var ref = filter.getBackendRef();
        Share share = share(path, filter);
        Found found = ref == null
                ? null
                : find(
                        path + ".backendRef",
                        new Ref(
                                ref.getGroup(),
                                ref.getKind(),
                                ref.getNamespace(),
                                ref.getName(),
                                ref.getPort(),
                                null,
                                HeaderRules.NONE,
                                null));
        return found == null || share == null
                ? null
                : new RouteMirror(found.backend().service(), found.backend().lane(), found.port(), share);
    }

    /** A percentage, or a fraction to the nearest hundredth of a percent; all of them if nothing is said. */
    private @Nullable Share share(String path, HTTPRequestMirrorFilter filter) {
        Integer percent = filter.getPercent();
        var fraction = filter.getFraction();
        double part = percent == null ? 1 : percent / 100.0;
        if (fraction != null) {
            int of = fraction.getDenominator() == null ? 100 : fraction.getDenominator();
            int numerator = fraction.getNumerator() == null ? 0 : fraction.getNumerator();
            part = of < 1 ? -1 : (double) numerator / of;
        }
        if (part < 0 || part > 1 || (percent != null && fraction != null)) {
            verdict.unsupported(path, "percent or fraction (expected: one of them, from 0 to all)");
            return null;
        }
        return new Share((int) Math.round(part * Share.SLOTS));
    }

    private @Nullable Found find(String path, Ref ref) {
        String in = ref.namespace() == null ? namespace : ref.namespace();
        if (!permitted(path, ref.group(), ref.kind(), in, ref.name())) {
            return null;
        }
        Backend backend = services.find(in, ref.name());
        if (backend == null) {
            verdict.unresolved(
                    Unresolved.BACKEND_NOT_FOUND, path, "no Service " + ref.name() + " that takes part in routing");
            return null;
        }
        return port(path + ".port", ref.port(), backend);
    }

    private @Nullable Found port(String path, @Nullable Integer port, Backend backend) {
        if (port == null) {
            if (backend.ports().size() != 1) {
                verdict.unsupported(
                        path, "none (expected: one of " + backend.ports().keySet() + ")");
                return null;
            }
            return new Found(backend, Port.ANY);
        }
        Boolean served = backend.ports().get(port);
        if (served == null) {
            verdict.unresolved(
                    Unresolved.BACKEND_NOT_FOUND,
                    path,
                    port + " (expected: one of " + backend.ports().keySet() + ")");
            return null;
        }
        if (!served) {
            verdict.unresolved(
                    Unresolved.UNSUPPORTED_PROTOCOL, path, port + " (expected: a port that speaks HTTP or gRPC)");
            return null;
        }
        return new Found(backend, backend.alone() ? Port.ANY : port);
    }

    private boolean inBase(String path, Ref ref, Backend backend) {
        if (backend.lane() != null) {
            verdict.unsupported(
                    path,
                    "Service " + ref.name() + " is lane " + backend.lane() + " of service " + backend.service()
                            + " (expected: the base lane's Service; the lane is chosen request by request)");
        }
        return backend.lane() == null;
    }
}
