package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.Identity;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.router.text.Slug;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the next step towards what the owners of a Service want of it, by what is there: at every moment the Service leads
 * to pods that serve, the base pods themselves or a gateway that knows them by the Service beside it. Blocks; confined to
 * one thread.
 */
final class ProxyKeeper {

    private static final Logger log = LoggerFactory.getLogger(ProxyKeeper.class);

    private final KubernetesClient client;
    private final DiscoveryRules rules;
    private final KnownTable table;
    private final ServiceEndpoints backends;

    ProxyKeeper(KubernetesClient client, DiscoveryRules rules, KnownTable table) {
        this.client = client;
        this.rules = rules;
        this.table = table;
        this.backends = new ServiceEndpoints(client);
    }

    /** Looks at a Service and does the next step, if it can be done now. */
    Look look(Service service) {
        if (service.isMarkedForDeletion()) {
            return Look.DONE;
        }
        Service twin = client.services()
                .inNamespace(Meta.namespace(service))
                .withName(twinName(service))
                .get();
        Identity identity = Identity.of(service, rules);
        return Meta.proxied(service) && identity != null
                ? keep(service, twin, identity)
                : release(service, twin, identity);
    }

    private Look keep(Service service, @Nullable Service twin, Identity identity) {
        GatewayPods gateway;
        try {
            gateway = GatewayPods.wanted(service);
        } catch (IllegalArgumentException e) {
            return Look.refused(String.valueOf(e.getMessage()));
        }
        OwnBackends own = own(service, twin);
        String unfit = Fitness.unfit(service, own, gateway);
        if (unfit != null) {
            return Look.refused(unfit);
        }
        if (twin == null) {
            client.resource(Twin.of(service, own, identity, twinName(service))).create();
            return Look.waits("endpoints of " + twinName(service));
        }
        if (Twin.madeFor(twin, service)) {
            Service like = Twin.like(twin, service, own, identity);
            if (!like.equals(twin)) {
                client.resource(like).update();
                return Look.waits("endpoints of " + twinName(service));
            }
        } else if (!Meta.selector(twin).equals(own.selector())) {
            return Look.refused(
                    "Service " + Meta.key(twin) + " selects other pods (expected: the same, or no such" + " Service)");
        }
        ServiceEndpoints.Gateways gateways = backends.gateways(Meta.namespace(service), gateway);
        table.notOwn(Meta.key(service), own.selects(gateway) ? gateways.addresses() : Set.of());
        Service pointed = own.pointed(service, gateway);
        return pointed.equals(service)
                ? settled(service)
                : point(service, pointed, new Beside(twin, identity, gateway, gateways));
    }

    /** What is beside a Service that is to be pointed. */
    private record Beside(Service twin, Identity identity, GatewayPods gateway, ServiceEndpoints.Gateways gateways) {}

    private Look point(Service service, Service pointed, Beside beside) {
        String namespace = Meta.namespace(service);
        String name = service.getMetadata().getName();
        Set<String> ready = backends.ready(namespace, twinName(service));
        Set<String> now = backends.ready(namespace, name);
        ready.removeAll(beside.gateways().addresses());
        now.removeAll(beside.gateways().addresses());
        int gateways = beside.gateways().ready();
        boolean mends = beside.gateway().equals(OwnBackends.at(service));
        // What was pointed and is not any more is mended at once, unless it serves and would not behind the gateway.
        if ((ready.isEmpty() && !(mends && now.isEmpty())) || (!mends && !ready.containsAll(now))) {
            return Look.waits("endpoints of " + twinName(service));
        }
        if (gateways == 0 && !(mends && now.isEmpty())) {
            return Look.waits(
                    "ready pods of the gateway (" + beside.gateway().labels() + ") in namespace " + namespace);
        }
        String missing = mends ? null : table.missing(Meta.key(beside.twin()), beside.identity(), ready, gateways);
        if (missing != null) {
            return Look.waits(missing);
        }
        write(pointed);
        log.atInfo().addKeyValue("service", Meta.key(service)).log("Service points at the gateway");
        return Look.DONE;
    }

    private Look release(Service service, @Nullable Service twin, @Nullable Identity identity) {
        boolean beside = twin != null && Twin.madeFor(twin, service);
        if (OwnBackends.noted(service) || (beside && OwnBackends.pointed(service))) {
            OwnBackends own = own(service, twin);
            write(own.restored(service));
            log.atInfo().addKeyValue("service", Meta.key(service)).log("Service points at its own pods");
            return Look.waits("endpoints of " + service.getMetadata().getName());
        }
        if (!beside) {
            return settled(service);
        }
        String namespace = Meta.namespace(service);
        String name = service.getMetadata().getName();
        Set<String> ready = backends.ready(namespace, name);
        if (!ready.containsAll(backends.ready(namespace, twinName(service)))) {
            return Look.waits("endpoints of " + name);
        }
        ready.removeAll(table.notOwn(Meta.key(service)));
        String missing = identity == null ? null : table.missing(Meta.key(service), identity, ready, 0);
        if (missing != null) {
            return Look.waits(missing);
        }
        client.resource(twin).delete();
        return settled(service);
    }

    private static OwnBackends own(Service service, @Nullable Service twin) {
        boolean lost = OwnBackends.pointed(service) && !OwnBackends.noted(service);
        return lost && twin != null && Twin.madeFor(twin, service)
                ? OwnBackends.of(service, twin)
                : OwnBackends.of(service);
    }

    /** Under the version that was read: there is no moment with half of it, and what changed meanwhile stays. */
    private void write(Service wanted) {
        settled(client.resource(wanted).update());
    }

    private Look settled(Service service) {
        if (FieldOwnership.held(service)) {
            client.resource(FieldOwnership.released(service)).update();
        }
        return Look.DONE;
    }

    private String twinName(Service service) {
        return service.getMetadata().getName() + "-" + Slug.of(rules.base());
    }
}
