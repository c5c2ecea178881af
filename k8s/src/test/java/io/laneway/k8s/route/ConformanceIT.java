package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.Matchable;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.route.RouteMap;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What tests of the Gateway API's conformance suite want, at an API server with the schemas of its resources, with Gateways that
 * have ports of their own. The routes are asked as gateways ask them.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConformanceIT {

    private static final String INFRA = "infra";
    private static final YAMLMapper YAML = new YAMLMapper();

    /** The kinds of rules' own words that an object has in other words. */
    private static final List<String> SHORT = List.of("to", "refs");

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final FakeEditor editor = new FakeEditor();
    private final EdgeRoutes routes = new EdgeRoutes(
            client,
            editor,
            "*",
            DiscoveryRules.DEFAULT.withNames(),
            () -> HostOwners.NONE,
            new NotedFindings(),
            Clock.systemUTC());

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    static List<JsonNode> tests() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                ConformanceIT.class.getResourceAsStream("/gateway-api/conformance.yaml"), "conformance.yaml")) {
            YAML.readTree(in).forEach(all::add);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("tests")
    void everyRequestGetsWhatTheTestWants(JsonNode test) {
        base();
        routes.start();
        test.path("namespaces").forEach(one -> namespace(one.asText()));
        test.path("gateways")
                .forEach(one -> gateway(one.path("name").asText(), one.get("listeners"), one.get("allowedListeners")));
        test.path("sets").forEach(this::set);
        test.path("grants").forEach(this::grant);
        String kind = test.path("kind").asText("HTTPRoute");
        test.path("routes").forEach(one -> route(kind, one));

        test.path("said")
                .properties()
                .forEach(one -> await().untilAsserted(() -> assertThat(said(kind, one.getKey(), "Accepted"))
                        .as("%s %s", test.path("test"), one.getKey())
                        .isEqualTo(one.getValue().asText())));
        test.path("resolved")
                .properties()
                .forEach(one -> await().untilAsserted(() -> assertThat(said(kind, one.getKey(), "ResolvedRefs"))
                        .as("%s %s", test.path("test"), one.getKey())
                        .isEqualTo(one.getValue().asText())));
        test.path("joined")
                .properties()
                .forEach(one -> await().untilAsserted(() -> assertThat(joined(one.getKey()))
                        .isEqualTo(one.getValue().asText())));
        test.path("attached")
                .properties()
                .forEach(one -> await().untilAsserted(() -> assertThat(
                                attached(one.getKey()).toString().replace(" ", ""))
                        .isEqualTo(one.getValue().toString())));
        test.path("ask")
                .forEach(one -> await().untilAsserted(() -> assertThat(answer(one))
                        .as("%s %s", test.path("test"), one)
                        .isEqualTo(one.path("to").asText())));
    }

    private void grant(JsonNode spec) {
        ObjectNode grant = object("ReferenceGrant", "other", "grant");
        grant.put("apiVersion", "gateway.networking.k8s.io/v1beta1").set("spec", spec);
        cluster.client()
                .resource(client.getKubernetesSerialization().unmarshal(grant.toString(), ReferenceGrant.class))
                .create();
    }

    private void base() {
        namespace("other");
        for (String name : List.of("v1", "v2", "v3")) {
            for (String namespace : List.of(INFRA, "other")) {
                cluster.client()
                        .resource(service(name, null, "first-8080")
                                .editMetadata()
                                .withNamespace(namespace)
                                .withLabels(Map.of())
                                .endMetadata()
                                .editSpec()
                                .withClusterIP("10.96.1." + name.charAt(1))
                                .endSpec()
                                .build())
                        .create();
            }
        }
        cluster.client()
                .resource(service("edge", null, "http")
                        .editMetadata()
                        .withNamespace("laneway")
                        .withLabels(Map.of("app", "laneway-gateway", "laneway.io/role", "edge"))
                        .withAnnotations(Map.of(
                                "laneway.io/gateway-ports",
                                "20000-20031",
                                "laneway.io/gateway-tls-ports",
                                "21000-21031"))
                        .endMetadata()
                        .build())
                .create();
        ObjectNode known = object("GatewayClass", "", "laneway");
        known.putObject("spec").put("controllerName", "laneway.io/gateway-controller");
        create("gatewayclasses", known);
        ArrayNode http = YAML.createArrayNode();
        http.addObject().put("name", "http").put("port", 80).put("protocol", "HTTP");
        gateway("same-namespace", http, null);
        ArrayNode open = http.deepCopy();
        open.get(0).withObject("/allowedRoutes/namespaces").put("from", "All");
        gateway("all-namespaces", open, null);
    }

    private void namespace(String name) {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("gateway-conformance", "backend"))
                        .endMetadata()
                        .build())
                .create();
    }

    private static ObjectNode object(String kind, String namespace, String name) {
        ObjectNode object = YAML.createObjectNode();
        object.put("apiVersion", "gateway.networking.k8s.io/v1").put("kind", kind);
        ObjectNode meta = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            meta.put("namespace", namespace);
        }
        return object;
    }

    private void gateway(String name, JsonNode listeners, @Nullable JsonNode allowed) {
        ObjectNode gateway = object("Gateway", INFRA, name);
        ObjectNode spec = gateway.putObject("spec").put("gatewayClassName", "laneway");
        spec.set("listeners", listeners);
        if (allowed != null) {
            spec.set("allowedListeners", allowed);
        }
        create("gateways", gateway);
    }

    private void set(JsonNode one) {
        ObjectNode set = object(
                "ListenerSet",
                one.path("namespace").asText(INFRA),
                one.path("name").asText());
        set.withObject("/metadata").put("creationTimestamp", one.path("created").asText("2026-11-01T00:00:00Z"));
        ObjectNode spec = set.putObject("spec");
        spec.putObject("parentRef").put("name", one.path("gateway").asText()).put("namespace", INFRA);
        spec.set("listeners", one.get("listeners"));
        create("listenersets", set);
    }

    private void route(String kind, JsonNode one) {
        ObjectNode route = object(
                kind, one.path("namespace").asText(INFRA), one.path("name").asText());
        ObjectNode spec = route.putObject("spec");
        if (one.has("parents")) {
            spec.set("parentRefs", one.get("parents"));
        } else {
            spec.putArray("parentRefs").addObject().put("name", "same-namespace");
        }
        if (one.has("hosts")) {
            spec.set("hostnames", one.get("hosts"));
        }
        ArrayNode rules = spec.putArray("rules");
        for (JsonNode rule : one.get("rules")) {
            ObjectNode whole = rule.deepCopy();
            whole.remove(SHORT);
            if (rule.has("refs")) {
                whole.set("backendRefs", rule.get("refs"));
            } else {
                whole.putArray("backendRefs")
                        .addObject()
                        .put("name", rule.path("to").asText())
                        .put("port", 8080);
            }
            rules.add(whole);
        }
        create(plural(kind), route);
    }

    private static String plural(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "s";
    }

    private void create(String plural, ObjectNode object) {
        GenericKubernetesResource resource =
                client.getKubernetesSerialization().unmarshal(object.toString(), GenericKubernetesResource.class);
        var all = cluster.client().genericKubernetesResources(context(plural, resource.getKind()));
        String namespace = resource.getMetadata().getNamespace();
        (namespace == null ? all.resource(resource) : all.inNamespace(namespace).resource(resource)).create();
    }

    private static ResourceDefinitionContext context(String plural, String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("gateway.networking.k8s.io")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(!plural.equals("gatewayclasses"))
                .build();
    }

    private JsonNode get(String plural, String kind, String namespace, String name) {
        GenericKubernetesResource found = cluster.client()
                .genericKubernetesResources(context(plural, kind))
                .inNamespace(namespace)
                .withName(name)
                .get();
        return YAML.valueToTree(found);
    }

    /** @param key of a route, with its namespace where that is not the usual */
    private String said(String kind, String key, String type) {
        int slash = key.indexOf('/');
        String namespace = slash < 0 ? INFRA : key.substring(0, slash);
        JsonNode route = get(plural(kind), kind, namespace, key.substring(slash + 1));
        for (JsonNode one : route.path("status").path("parents").path(0).path("conditions")) {
            if (one.path("type").asText().equals(type)) {
                return one.path("status").asText() + " " + one.path("reason").asText();
            }
        }
        return "";
    }

    /** What a ListenerSet says of itself, and of each listener whether it is accepted and how many routes it has. */
    private String joined(String key) {
        giveAddresses();
        int slash = key.indexOf('/');
        JsonNode status = get(
                        "listenersets",
                        "ListenerSet",
                        slash < 0 ? INFRA : key.substring(0, slash),
                        key.substring(slash + 1))
                .path("status");
        StringBuilder text = new StringBuilder(reason(status, "Accepted") + " " + reason(status, "Programmed"));
        status.path("listeners")
                .forEach(one -> text.append(", ")
                        .append(one.path("name").asText())
                        .append(' ')
                        .append(reason(one, "Accepted"))
                        .append(' ')
                        .append(one.path("attachedRoutes").asInt()));
        return text.toString();
    }

    /** As an API server does when a Service is created. */
    private void giveAddresses() {
        var services = cluster.client().services().inNamespace("laneway");
        for (Service one : services.withLabel("laneway.io/of-gateway").list().getItems()) {
            if (one.getSpec().getClusterIP() == null) {
                Edits.edit(services.withName(one.getMetadata().getName()), now -> {
                    now.getSpec().setClusterIP("10.96.2.1");
                    return now;
                });
            }
        }
    }

    private static String reason(JsonNode of, String type) {
        for (JsonNode one : of.path("conditions")) {
            if (one.path("type").asText().equals(type)) {
                return one.path("status").asText().equals("True")
                        ? one.path("reason").asText()
                        : "no " + one.path("reason").asText();
            }
        }
        return "";
    }

    private List<Integer> attached(String gateway) {
        List<Integer> counts = new ArrayList<>();
        get("gateways", "Gateway", INFRA, gateway)
                .path("status")
                .path("listeners")
                .forEach(one -> counts.add(one.path("attachedRoutes").asInt()));
        return counts;
    }

    /** The Service, Services by weight, or the status that a request gets. */
    private String answer(JsonNode ask) {
        List<Route> all = editor.current().routes();
        Map<ServiceId, Integer> places = new HashMap<>();
        all.forEach(route -> route.services().forEach(id -> places.putIfAbsent(id, places.size())));
        RouteMap map = RouteMap.of(all, places);
        RouteMap asked = ask.path("tls").asBoolean() ? map.tls() : map;
        String host = ask.path("host").asText("example.test");
        String path = ask.path("path").asText("/");
        RequestDraft draft = new RequestDraft(ask.path("method").asText("GET"), host, path);
        ask.path("headers")
                .properties()
                .forEach(one -> draft.header(one.getKey(), one.getValue().asText()));
        int port = target(
                ask.path("gateway").asText("same-namespace"), ask.path("port").asInt(80));
        Arrival arrival = new Arrival(draft, port);
        if (ask.has("sni")
                && !Objects.equals(
                        route(map.tls(), ask.path("sni").asText(), "/", arrival),
                        route(map.tls(), host, "/", arrival))) {
            return "421";
        }
        Route found = route(asked, host, path, arrival);
        return found == null ? "404" : answer(found);
    }

    private static @Nullable Route route(@Nullable RouteMap map, String host, String path, Arrival arrival) {
        CompiledRoute found = map == null ? null : map.get(Slice.of(host), Slice.of(path), arrival);
        return found == null ? null : found.route();
    }

    private static String answer(Route route) {
        if (route.service() != null) {
            return route.service().name();
        }
        List<RoutePart> parts = route.action().split();
        return parts.size() == 1
                ? answer(parts.get(0))
                : parts.stream().map(one -> one.weight() + " " + answer(one)).collect(Collectors.joining(", "));
    }

    private static String answer(RoutePart part) {
        ServiceId service = part.service();
        String address = part.address();
        return service != null
                ? service.name()
                : address == null
                        ? String.valueOf(part.status())
                        // Of the addresses that the Services here have.
                        : "v" + address.replaceAll("10\\.96\\.1\\.(\\d):8080", "$1");
    }

    /** The gateways' port to which a Gateway's own Service leads; one that nothing leads to where it has none. */
    private int target(String gateway, int port) {
        for (Service one : cluster.client()
                .services()
                .inNamespace("laneway")
                .withLabel("laneway.io/of-gateway")
                .list()
                .getItems()) {
            if (one.getMetadata().getAnnotations().get("laneway.io/gateway-key").equals(INFRA + "/" + gateway)) {
                return one.getSpec().getPorts().stream()
                        .filter(found -> found.getPort() == port)
                        .findFirst()
                        .map(found -> found.getTargetPort().getIntVal())
                        .orElse(1);
            }
        }
        return 1;
    }

    /** A request that came in at a port. */
    private record Arrival(RequestDraft draft, int port) implements Matchable {

        @Override
        public boolean header(HeaderName name, Slice into) {
            return draft.header(name, into);
        }

        @Override
        public void method(Slice into) {
            draft.method(into);
        }
    }
}
