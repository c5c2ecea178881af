package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.HeaderRules.Edit;
import io.laneway.router.unit.Share;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EdgeRoutesIT {

    private static final ServiceId ORDER = new ServiceId("order", "shop");
    private static final List<String> HOST = List.of("shop.example.com");

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final FakeEditor editor = new FakeEditor();
    private final EdgeRoutes routes = new EdgeRoutes(
            client,
            editor,
            "laneway",
            DiscoveryRules.DEFAULT,
            () -> HostOwners.NONE,
            new NotedFindings(),
            Clock.systemUTC());

    @BeforeEach
    void start() {
        // What this version's definitions refuse, those of others let through.
        cluster.server().takeEverySpec();
        cluster.client().resource(service("order", null, "http").build()).create();
        GatewayObjects.create(cluster.client(), "shop", "{name: http, port: 80, protocol: HTTP}");
        routes.start();
    }

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @Test
    void anHttpRouteBecomesRoutesAndIsAccepted() {
        http(
                "a",
                "{matches: [{path: {type: PathPrefix, value: /api/}}, {path: {type: PathPrefix, value: /v2}}],"
                        + " filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch:"
                        + " /}}}], backendRefs: [{name: order, port: 80}, {name: old, port: 80, weight: 0}]}");

        await().until(() -> status("a", "Accepted").equals("True Accepted "));
        assertThat(status("a", "ResolvedRefs")).isEqualTo("True ResolvedRefs ");
        assertThat(editor.current().routes())
                .containsExactly(new Route(HOST, "/api", ORDER, true), new Route(HOST, "/v2", ORDER, true));
    }

    @Test
    void aGrpcRouteBecomesRoutesByServiceAndMethod() {
        GRPCRoute route = read(
                GRPCRoute.class,
                "GRPCRoute",
                "g",
                "{matches: [{method: {service: shop.Orders}}, {method: {service: shop.Pay, method: Charge}}],"
                        + " backendRefs: [{name: order, port: 80}]}");
        cluster.client().resource(route).create();

        await().until(() -> editor.current()
                .routes()
                .equals(List.of(
                        new Route(HOST, "/shop.Orders", ORDER, false),
                        new Route(HOST, "/shop.Pay/Charge", ORDER, false))));
    }

    @Test
    void whatIsNotSupportedIsRefusedInStatusAndRoutesNothing() {
        http(
                "bad",
                "{matches: [{path: {type: RegularExpression, value: '/a('}}, {headers: [{name: x, value: y, type:"
                        + " Glob}]}], timeouts: {request: soon, backendRequest: 1s}, filters: [{type: ExternalAuth,"
                        + " externalAuth: {protocol: HTTP}}, {type: URLRewrite, urlRewrite: {path: {type: Odd}}}], retry:"
                        + " {attempts: 3}, sessionPersistence: {sessionName: s}, tomorrow: {x: 1}, backendRefs: [{name:"
                        + " order, port: 80, filters: [{type: RequestMirror, requestMirror: {}}]}]}");

        await().until(() -> status("bad", "Accepted").startsWith("False UnsupportedValue"));
        assertThat(status("bad", "Accepted"))
                .contains(
                        "rules[0].timeouts.request: 'soon'",
                        "rules[0].filters[0]: ExternalAuth",
                        "rules[0].filters[1]: path: Odd",
                        "rules[0].backendRefs[0].filters[0]: RequestMirror",
                        "rules[0].matches[0]: regex: path: missing closing )",
                        "rules[0].matches[1].headers: x by Glob",
                        "rules[0].retry: not supported",
                        "rules[0].sessionPersistence: not supported",
                        "rules[0].tomorrow: not supported");
        assertThat(editor.current().routes()).isEmpty();
    }

    @Test
    void expressionsBecomePartsOfTheMatch() {
        http(
                "expressed",
                "{matches: [{path: {type: RegularExpression, value: '/v[0-9]+/.*'}, headers: [{name: X-A, value:"
                        + " 'a|b', type: RegularExpression}, {name: x-b, value: c}], queryParams: [{name: q, value:"
                        + " '[0-9]+', type: RegularExpression}]}], backendRefs: [{name: order, port: 80}]}");
        GRPCRoute route = read(
                GRPCRoute.class,
                "GRPCRoute",
                "g",
                "{matches: [{method: {method: Get}}, {method: {type: RegularExpression, service: 'shop\\..*'}}],"
                        + " backendRefs: [{name: order, port: 80}]}");
        cluster.client().resource(route).create();
        await().until(() -> editor.current().routes().size() == 3);
        assertThat(editor.current().routes())
                .extracting(Route::match)
                .containsExactlyInAnyOrder(
                        new RouteMatch(
                                false,
                                null,
                                Map.of("x-b", "c"),
                                Map.of(),
                                List.of(),
                                false,
                                new RouteExpressions("/v[0-9]+/.*", Map.of("x-a", "a|b"), Map.of("q", "[0-9]+"))),
                        byPath("/[^/]+/Get"),
                        byPath("/(?:shop\\..*)/[^/]+"));
    }

    private static RouteMatch byPath(String expression) {
        return new RouteMatch(
                false,
                null,
                Map.of(),
                Map.of(),
                List.of(),
                false,
                new RouteExpressions(expression, Map.of(), Map.of()));
    }

    @Test
    void corsAndSeveralMirrorsArePartsOfTheRoute() {
        cluster.client().resource(service("pay", null, "http").build()).create();
        http(
                "open",
                "{filters: [{type: CORS, cors: {allowOrigins: ['https://Www.foo.com', 'https://*.bar.com'],"
                        + " allowMethods: [GET], allowHeaders: [x-a], exposeHeaders: [x-b], allowCredentials: true,"
                        + " maxAge: 3600}}, {type: RequestMirror, requestMirror: {backendRef: {name: pay, port: 80}}},"
                        + " {type: RequestMirror, requestMirror: {percent: 5, backendRef: {name: order, port: 80}}}],"
                        + " backendRefs: [{name: order, port: 80}]}");
        await().until(() -> status("open", "Accepted").equals("True Accepted "));
        RouteAction action = editor.current().routes().get(0).action();
        assertThat(action.cors())
                .isEqualTo(new Cors(
                        List.of("https://www.foo.com", "https://*.bar.com"),
                        List.of("GET"),
                        List.of("x-a"),
                        true,
                        Duration.ofHours(1),
                        List.of("x-b"),
                        true));
        assertThat(action.mirrors())
                .containsExactly(
                        new RouteMirror(ServiceId.parse("pay.shop"), null, 0, Share.ALL),
                        new RouteMirror(ORDER, null, 0, Share.parse("5%")));
    }

    @Test
    void aListenerThatTheGatewayHasNotIsNoParent() {
        HTTPRoute route = read(HTTPRoute.class, "HTTPRoute", "part", "{backendRefs: [{name: order, port: 80}]}");
        route.getSpec().getParentRefs().get(0).setSectionName("https");
        cluster.client().resource(route).create();

        await().until(() -> status("part", "Accepted")
                .equals("False NoMatchingParent no listener of Gateway shop/laneway has sectionName https"));
        assertThat(editor.current().routes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: order, kind: Bucket, group: x, port: 81} | False InvalidKind rules[0].backendRefs[0]: kind"
                        + " Bucket",
                "{name: order, namespace: other, port: 80}       | False RefNotPermitted"
                        + " rules[0].backendRefs[0].namespace",
                "{name: nobody, port: 80}                        | False BackendNotFound rules[0].backendRefs[0]: no"
                        + " Ser",
                "{name: order, port: 81}                         | False BackendNotFound rules[0].backendRefs[0].port:"
                        + " 81",
                "{name: db, port: 5432}                          | False UnsupportedProtocol"
                        + " rules[0].backendRefs[0].port"
            })
    void aBackendThatCannotBeUsedIsSaidWithItsReason(String ref, String condition) {
        cluster.client().resource(service("db", null, "mysql-5432").build()).create();
        http("odd", "{backendRefs: [" + ref + "]}");

        await().until(() -> status("odd", "ResolvedRefs").startsWith(condition));
        assertThat(status("odd", "Accepted")).isEqualTo("True Accepted ");
        assertThat(editor.current().routes()).containsExactly(failing("/", RoutePart.response(500, 1)));
        HTTPRoute seen = get("odd");
        assertThat(seen.getStatus().getParents()).singleElement().satisfies(parent -> {
            assertThat(parent.getControllerName()).isEqualTo("laneway.io/gateway-controller");
            assertThat(parent.getParentRef().getName()).isEqualTo("laneway");
            assertThat(parent.getConditions())
                    .allMatch(one -> Objects.equals(
                            one.getObservedGeneration(), seen.getMetadata().getGeneration()));
        });
    }

    @Test
    void aReferenceGrantLetsARouteNameAServiceOfAnotherNamespaceForAsLongAsItStands() {
        cluster.client()
                .resource(service("cart", null, "http")
                        .editMetadata()
                        .withNamespace("other")
                        .endMetadata()
                        .build())
                .create();
        http("far", "{backendRefs: [{name: cart, namespace: other, port: 80}]}");
        await().until(() -> status("far", "ResolvedRefs").startsWith("False RefNotPermitted"));

        ReferenceGrant grant = new KubernetesSerialization()
                .unmarshal(
                        "---\n"
                                + "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata:"
                                + " {namespace: other, name: g}, spec: {from: [{group: gateway.networking.k8s.io, kind:"
                                + " HTTPRoute, namespace: shop}], to: [{group: '', kind: Service, name: cart}]}}",
                        ReferenceGrant.class);
        cluster.client().resource(grant).create();
        await().until(() -> status("far", "ResolvedRefs").startsWith("True"));
        assertThat(editor.current().routes())
                .containsExactly(new Route(HOST, "/", ServiceId.parse("cart.other"), false));

        cluster.client().resource(grant).delete();
        await().until(() -> status("far", "ResolvedRefs").startsWith("False RefNotPermitted"));
        assertThat(editor.current().routes()).containsExactly(failing("/", RoutePart.response(500, 1)));
    }

    @Test
    void portsMirrorsAndBothTimeoutsBecomePartsOfTheRoute() {
        cluster.client()
                .resource(service("pay", null, "http-80", "grpc-81").build())
                .create();
        cluster.client().resource(service("order", "f-1", "http").build()).create();
        http(
                "ported",
                "{timeouts: {request: 10s, backendRequest: 2s}, filters: [{type: RequestMirror, requestMirror:"
                        + " {backendRef: {name: order-f-1, port: 80}, fraction: {numerator: 1, denominator: 3}}}],"
                        + " backendRefs: [{name: pay, port: 81}]}");

        await().until(() -> status("ported", "Accepted").equals("True Accepted "));
        await().until(() -> editor.current().routes().size() == 1);
        assertThat(editor.current().routes())
                .containsExactly(new Route(
                        HOST,
                        "/",
                        null,
                        false,
                        RouteMatch.ANY,
                        new RouteAction(
                                List.of(new RoutePart(ServiceId.parse("pay.shop"), 1, 81)),
                                null,
                                null,
                                HeaderRules.NONE,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(2),
                                new RouteMirror(ORDER, "f-1", 0, Share.parse("33.33%")))));
    }

    @Test
    void aGrpcRouteMirrorsAndRefusesWhatIsUnknown() {
        GRPCRoute route = read(
                GRPCRoute.class,
                "GRPCRoute",
                "g",
                "{filters: [{type: RequestMirror, requestMirror: {percent: 5, backendRef: {name: order, port: 80}}}],"
                        + " backendRefs: [{name: order, port: 80}]}");
        cluster.client().resource(route).create();
        await().until(() -> editor.current().routes().size() == 1);
        assertThat(editor.current().routes().get(0).action().mirrors())
                .containsExactly(new RouteMirror(ORDER, null, 0, Share.parse("5%")));

        Edits.edit(
                cluster.client().resources(GRPCRoute.class).inNamespace("shop").withName("g"), one -> {
                    one.getSpec().getRules().get(0).setAdditionalProperty("timeouts", Map.of("request", "1s"));
                    return one;
                });
        await().until(() -> editor.current().routes().isEmpty());
    }

    @Test
    void aLanesOwnServiceIsNoBackendSinceTheLaneIsChosenRequestByRequest() {
        cluster.client().resource(service("order", "f-1", "http").build()).create();
        http("lane", "{backendRefs: [{name: order, port: 80, weight: 9}, {name: order-f-1, port: 80, weight: 1}]}");

        await().until(() -> status("lane", "Accepted").startsWith("False UnsupportedValue"));
        assertThat(status("lane", "Accepted")).contains("rules[0].backendRefs[1]: Service order-f-1 is lane f-1");
    }

    @Test
    void whatWasSaidOfAParentThatIsNoMoreGoes() {
        http("moving", "{backendRefs: [{name: order, port: 80}]}");
        await().until(() -> status("moving", "Accepted").equals("True Accepted "));

        Edits.edit(
                cluster.client().resources(HTTPRoute.class).inNamespace("shop").withName("moving"), one -> {
                    one.getSpec().getParentRefs().get(0).setName("istio");
                    return one;
                });
        await().until(() -> get("moving").getStatus().getParents().isEmpty());
        assertThat(editor.current().routes()).isEmpty();
    }

    @Test
    void matchesWeightsFiltersAndTimeoutsBecomePartsOfTheRoute() {
        cluster.client().resource(service("pay", null, "http").build()).create();
        http(
                "rich",
                "{matches: [{path: {type: Exact, value: /a/}, method: PUT, headers: [{name: X-A, value: '1'}],"
                        + " queryParams: [{name: q, value: b}]}], timeouts: {request: 1m30s}, filters: [{type:"
                        + " RequestHeaderModifier, requestHeaderModifier: {set: [{name: x, value: y}]}}, {type:"
                        + " ResponseHeaderModifier, responseHeaderModifier: {remove: [server]}}, {type: URLRewrite,"
                        + " urlRewrite: {hostname: in.example.com, path: {type: ReplaceFullPath, replaceFullPath: /b}}}],"
                        + " backendRefs: [{name: order, port: 80, weight: 9}, {name: pay, port: 80, weight: 1}]}");

        await().until(() -> status("rich", "Accepted").equals("True Accepted "));
        assertThat(editor.current().routes())
                .containsExactly(new Route(
                        HOST,
                        "/a/",
                        null,
                        false,
                        new RouteMatch(true, "PUT", Map.of("x-a", "1"), Map.of("q", "b")),
                        new RouteAction(
                                List.of(new RoutePart(ORDER, 9), new RoutePart(ServiceId.parse("pay.shop"), 1)),
                                null,
                                new Rewrite("in.example.com", "/b", null),
                                new HeaderRules(
                                        new Edit(Map.of("x", "y"), Map.of(), List.of()),
                                        new Edit(Map.of(), Map.of(), List.of("server"))),
                                Duration.ofSeconds(90))));
    }

    @Test
    void aRedirectionNeedsNoBackendAndARuleWithoutEitherFailsItsRequests() {
        http("to", "{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]}");
        http("none", "{matches: [{path: {type: PathPrefix, value: /none}}]}");
        http(
                "both",
                "{filters: [{type: RequestRedirect, requestRedirect: {}}], backendRefs: [{name: order, port: 80}]}");

        await().until(() -> status("to", "Accepted").equals("True Accepted "));
        await().until(() -> status("none", "Accepted").equals("True Accepted "));
        await().until(() ->
                status("both", "Accepted").startsWith("False UnsupportedValue rules[0].backendRefs: 1 bes"));
        assertThat(editor.current().routes())
                .extracting(route -> route.action().redirect())
                .containsExactlyInAnyOrder(null, new Redirect(301, "https", null, null, null, null));
        assertThat(editor.current().routes()).contains(failing("/none", RoutePart.response(500, 1)));
    }

    @Test
    void aBackendThatIsNotThereFailsItsPartOfTheRequestsUntilItComes() {
        http("early", "{backendRefs: [{name: later, port: 80, weight: 1}, {name: order, port: 80, weight: 3}]}");
        await().until(() -> status("early", "ResolvedRefs").startsWith("False BackendNotFound"));
        assertThat(editor.current().routes())
                .containsExactly(failing("/", RoutePart.response(500, 1), new RoutePart(ORDER, 3)));

        cluster.client().resource(service("later", null, "http").build()).create();
        await().until(() -> status("early", "ResolvedRefs").startsWith("True"));
        assertThat(editor.current().routes())
                .containsExactly(
                        failing("/", new RoutePart(ServiceId.parse("later.shop"), 1), new RoutePart(ORDER, 3)));
    }

    @Test
    void aBackendsOwnFiltersAreItsPartsAndAGrpcRouteFailsAsUnavailable() {
        http(
                "own",
                "{backendRefs: [{name: order, port: 80, filters: [{type: RequestHeaderModifier, requestHeaderModifier:"
                        + " {set: [{name: x, value: y}]}}]}]}");
        cluster.client()
                .resource(read(
                        GRPCRoute.class,
                        "GRPCRoute",
                        "g",
                        "{matches: [{method: {service: a.B}}], backendRefs: [{name: gone, port: 80}]}"))
                .create();

        await().until(() -> editor.current().routes().size() == 2);
        assertThat(editor.current().routes())
                .containsExactlyInAnyOrder(
                        failing(
                                "/",
                                new RoutePart(
                                        ORDER,
                                        1,
                                        0,
                                        null,
                                        new HeaderRules(new Edit(Map.of("x", "y"), Map.of(), List.of()), Edit.NONE))),
                        failing("/a.B", RoutePart.response(503, 1)));
    }

    @Test
    void aBackendsOwnRewriteIsItsParts() {
        String rewrite = "{type: URLRewrite, urlRewrite: {hostname: in.example, path: {type: ReplacePrefixMatch,"
                + " replacePrefixMatch: /v2}}}";
        http("own", "{backendRefs: [{name: order, port: 80, filters: [" + rewrite + "]}]}");
        http(
                "both",
                "{filters: [" + rewrite + "], backendRefs: [{name: order, port: 80, filters: [" + rewrite + "]}]}");

        await().until(() -> editor.current().routes().size() == 1);
        Rewrite own = new Rewrite("in.example", null, "/v2");
        assertThat(editor.current().routes())
                .containsExactly(failing("/", new RoutePart(ORDER, 1, 0, null, HeaderRules.NONE, null, own)));
        await().until(() -> status("both", "Accepted").startsWith("False UnsupportedValue"));
        assertThat(status("both", "Accepted"))
                .contains("rules[0].backendRefs: URLRewrite beside that of the rule (expected: one of them)");
    }

    private static Route failing(String path, RoutePart... parts) {
        return new Route(
                HOST,
                path,
                null,
                false,
                RouteMatch.ANY,
                new RouteAction(List.of(parts), null, null, HeaderRules.NONE, null));
    }

    @Test
    void routesOfAnotherGatewayAreLeftAloneAndDeletedOnesGo() {
        HTTPRoute other = read(HTTPRoute.class, "HTTPRoute", "other", "{backendRefs: [{name: order, port: 80}]}");
        other.getSpec().getParentRefs().get(0).setName("istio");
        cluster.client().resource(other).create();
        http("ours", "{backendRefs: [{name: order, port: 80}]}");
        await().until(() -> editor.current().routes().size() == 1);
        assertThat(get("other").getStatus()).isNull();

        cluster.client().resource(get("ours")).delete();
        await().until(() -> editor.current().routes().isEmpty());
    }

    private void http(String name, String rule) {
        cluster.client()
                .resource(read(HTTPRoute.class, "HTTPRoute", name, rule))
                .create();
    }

    private static <T extends HasMetadata> T read(Class<T> type, String kind, String name, String rule) {
        return new KubernetesSerialization()
                .unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: " + kind
                                + ", metadata: {namespace: shop, name: " + name
                                + "}, spec: {parentRefs: [{name: laneway}], hostnames: [shop.example.com], rules: ["
                                + rule + "]}}",
                        type);
    }

    private HTTPRoute get(String name) {
        return cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    /** A condition's status, reason and message; empty if there is none. */
    private String status(String name, String type) {
        HTTPRoute route = get(name);
        if (route.getStatus() == null) {
            return "";
        }
        List<RouteParentStatus> parents = route.getStatus().getParents();
        for (Condition one :
                parents.isEmpty() ? List.<Condition>of() : parents.get(0).getConditions()) {
            if (one.getType().equals(type)) {
                return one.getStatus() + " " + one.getReason() + " " + one.getMessage();
            }
        }
        return "";
    }
}
