package io.laneway.cli.command;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.Identity;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether every gateway that the control API hears of knows the pods of a base Service: the published table has them, and
 * each connected gateway has that table. Blocks; confined to one thread.
 */
final class AppliedTable {

    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Remote control;
    private final KubernetesClient client;
    private final String namespace;
    private final String base;
    private @Nullable Long since;

    AppliedTable(Remote control, KubernetesClient client, String namespace, String base) {
        this.control = control;
        this.client = client;
        this.namespace = namespace;
        this.base = base;
    }

    /** Whether it has been so for a second: what a watch tells of Services and of their pods may come apart. */
    boolean knows(String service) {
        if (!knowsNow(service)) {
            since = null;
            return false;
        }
        if (since == null) {
            since = System.nanoTime();
        }
        return System.nanoTime() - since >= SETTLED.toNanos();
    }

    private boolean knowsNow(String service) {
        Service object =
                client.services().inNamespace(namespace).withName(service).get();
        Identity identity = object == null ? null : Identity.of(object, DiscoveryRules.DEFAULT);
        if (identity == null) {
            return false;
        }
        JsonObject table = (JsonObject) control.ask("GET", "/v1/table?view=published", null);
        Set<String> known = addresses(table, identity.service().toString());
        return !known.isEmpty() && known.containsAll(ready(service)) && applied(table.getLong("revision"));
    }

    private boolean applied(long revision) {
        JsonObject answer = (JsonObject) control.ask("GET", "/v1/gateways", null);
        JsonArray gateways = answer.getJsonArray("gateways");
        for (int i = 0; i < gateways.size(); i++) {
            JsonObject gateway = gateways.getJsonObject(i);
            if (gateway.getBoolean("connected") && gateway.getLong("revision") < revision) {
                return false;
            }
        }
        return true;
    }

    private Set<String> addresses(JsonObject table, String id) {
        Set<String> addresses = new HashSet<>();
        for (Object one : table.getJsonArray("services", new JsonArray())) {
            JsonObject service = (JsonObject) one;
            String namespaced = service.getString("namespace") == null
                    ? service.getString("name")
                    : service.getString("name") + "." + service.getString("namespace");
            if (id.equals(namespaced)) {
                service.getJsonArray("deployments", new JsonArray()).forEach(deployment -> {
                    if (Slug.of(((JsonObject) deployment).getString("lane")).equals(Slug.of(base))) {
                        hosts((JsonObject) deployment, addresses);
                    }
                });
            }
        }
        return addresses;
    }

    private static void hosts(JsonObject deployment, Set<String> into) {
        endpoints(deployment.getJsonArray("endpoints"), into);
        for (Object port : deployment.getJsonArray("ports", new JsonArray())) {
            endpoints(((JsonObject) port).getJsonArray("endpoints"), into);
        }
    }

    private static void endpoints(@Nullable JsonArray endpoints, Set<String> into) {
        for (Object one : endpoints == null ? new JsonArray() : endpoints) {
            String address = one instanceof JsonObject object ? object.getString("address") : String.valueOf(one);
            into.add(address.substring(0, address.lastIndexOf(':'))
                    .replace("[", "")
                    .replace("]", ""));
        }
    }

    private Set<String> ready(String service) {
        Set<String> addresses = new HashSet<>();
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("kubernetes.io/service-name", service)
                .list()
                .getItems()
                .forEach(slice -> slice.getEndpoints().stream()
                        .filter(one -> one.getConditions() == null
                                || !Boolean.FALSE.equals(one.getConditions().getReady()))
                        .forEach(one -> addresses.addAll(one.getAddresses())));
        return addresses;
    }
}
