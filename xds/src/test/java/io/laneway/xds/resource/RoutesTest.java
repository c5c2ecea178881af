package io.laneway.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Routes by path at edges: what becomes of a request, read from the resources as an Envoy reads them. */
class RoutesTest {

    private static final String SERVICES = """
        schema: 1
        carriers: {header: [trace-branch], cookie: [lane], host: ["shop-{lane}.example.com"]}
        lanes: [{name: F-1}, {name: f-2}]
        services:
          - name: order
            policy: {timeouts: {request: 7s}, headers: {request: {set: {x-a: policy}, remove: [x-b]}, response: {set: {x-r: policy}}}}
            deployments:
              - {lane: master, protocol: http1, endpoints: ["127.0.0.1:9001"]}
              - {lane: F-1, protocol: http1, endpoints: ["127.0.0.1:9002"]}
          - name: copies
            deployments:
              - {lane: master, protocol: http1, endpoints: ["127.0.0.1:9003"]}
              - {lane: f-2, protocol: http1, endpoints: ["127.0.0.1:9004"]}
          - name: guarded
            policy: {access: {public: false}}
            deployments: [{lane: master, endpoints: ["127.0.0.1:9005"]}]
        """;

    private static World world(String routes) {
        Problems problems = Problems.strict();
        byte[] text = (SERVICES + "routes:\n" + routes).getBytes(StandardCharsets.UTF_8);
        LaneTable table = TableReader.read(text, "table.yaml", problems);
        assertThat(problems.list()).isEmpty();
        World world = new World(0);
        world.apply(table, 0);
        return world;
    }

    private static EnvoyModel edge(World world, int port, String... services) throws Exception {
        return new EnvoyModel(new View(world, new Traits(Dialect.ENVOY, true, Set.of(services), "0.0.0.0:" + port)));
    }

    private static Ask get(String host, String path) {
        return new Ask("GET", host, path, Map.of(), Map.of(), 0);
    }

    @Test
    void aLaneIsFoundByItsHostAndByACookieAndHandedOnEvenWhereTheServiceLacksIt() throws Exception {
        EnvoyModel edge =
                edge(world("  - {hosts: [shop.example.com], path: /api/order, service: order, stripPrefix: true}"), 80);

        assertThat(edge.outcome(get("shop-f-1.example.com:8443", "/api/order/7")))
                .isEqualTo(new Ask.Outcome("F-1", "F-1", "order", "/7"));
        assertThat(edge.outcome(get("SHOP-f-2.example.com", "/api/order")))
                .isEqualTo(new Ask.Outcome("master", "f-2", "order", "/"));
        Ask cookie = new Ask("GET", "shop.example.com", "/api/order/", Map.of("cookie", "a=b; lane=F-1"), Map.of(), 0);
        assertThat(edge.outcome(cookie)).isEqualTo(new Ask.Outcome("F-1", "F-1", "order", "/"));
        assertThat(edge.outcome(get("shop.example.com", "/api/orders")).stamp()).isEqualTo("no route");
    }

    @Test
    void aRouteCountsAtItsPortsAlone() throws Exception {
        World world = world("  - {hosts: [a.example.com], service: order, match: {ports: [8080]}}");

        assertThat(edge(world, 8080).outcome(get("a.example.com", "/")).service())
                .isEqualTo("order");
        assertThat(edge(world, 80).outcome(get("a.example.com", "/")).stamp()).isEqualTo("no route");
    }

    @Test
    void requestsAreDividedByWeightAndEachPartHasItsOwn() throws Exception {
        EnvoyModel edge = edge(
                world("  - {hosts: [a.example.com], services: [{service: order, weight: 3}, {status: 503, weight: 1},"
                        + " {service: copies, weight: 4}]}"),
                80);
        Ask ask = get("a.example.com", "/");

        assertThat(edge.outcome(ask.withChance(374_999)).service()).isEqualTo("order");
        assertThat(edge.outcome(ask.withChance(375_000)).target()).isEqualTo("503");
        assertThat(edge.outcome(ask.withChance(500_000)).service()).isEqualTo("copies");
        Ask lane = new Ask("GET", "a.example.com", "/", Map.of("trace-branch", "f-2"), Map.of(), 999_999);
        assertThat(edge.outcome(lane).served()).isEqualTo("f-2");
        assertThat(edge.outcome(lane.withChance(0))).isEqualTo(new Ask.Outcome("master", "f-2", "order", "/"));
    }

    @Test
    void aPartsOwnRewriteStandsInThePlaceOfTheRoutes() throws Exception {
        EnvoyModel edge = edge(
                world("  - {hosts: [a.example.com], path: /a, rewrite: {prefix: /r}, services: [{service: order,"
                        + " rewrite: {prefix: /o}}, {service: copies}]}"),
                80);
        Ask ask = new Ask("GET", "a.example.com", "/a/x", Map.of(), Map.of(), 0);
        assertThat(edge.outcome(ask).target()).isEqualTo("/o/x");
        assertThat(edge.outcome(ask.withChance(999_999)).target()).isEqualTo("/r/x");
    }

    @Test
    void aRoutesOwnChangesStandAroundThoseOfThePolicy() throws Exception {
        Route route = edge(
                        world("  - {hosts: [a.example.com], service: order, timeout: 2s, rewrite: {host:"
                                + " in.example.com}, headers: {request: {set: {x-a: route, x-c: route}, add: {x-b:"
                                + " route}}, response: {set: {x-r: route}}}, mirror: {service: copies, share:"
                                + " 12.5%}}"),
                        80)
                .route(new Ask("GET", "a.example.com", "/", Map.of("trace-branch", "f-2"), Map.of(), 0));

        assertThat(lines(route.getRequestHeadersToAddList()))
                .containsExactlyInAnyOrder("x-a: policy", "x-c: route", "trace-branch: f-2");
        assertThat(route.getRequestHeadersToRemoveList()).containsExactly("x-b");
        assertThat(lines(route.getResponseHeadersToAddList())).contains("x-r: route");
        assertThat(route.getRoute().getHostRewriteLiteral()).isEqualTo("in.example.com");
        assertThat(route.getRoute().getTimeout().getSeconds()).isEqualTo(2);
        RequestMirrorPolicy mirror = route.getRoute().getRequestMirrorPolicies(0);
        assertThat(mirror.getCluster()).isEqualTo("copies/f-2/master");
        assertThat(mirror.getRuntimeFraction().getDefaultValue().getNumerator()).isEqualTo(125_000);
    }

    private static List<String> lines(List<HeaderValueOption> options) {
        return options.stream()
                .map(each -> each.getHeader().getKey() + ": " + each.getHeader().getValue())
                .toList();
    }

    @Test
    void whatIsNotServedIsNoOtherRoutes() throws Exception {
        World world = world("""
              - {hosts: ["*.example.com"], service: order}
              - {hosts: [a.example.com], path: /g, service: guarded}
              - {hosts: [a.example.com], path: /closed, service: order, access: {public: false}}
              - {hosts: [b.example.com], service: copies, mirror: {service: order, lane: F-1}}
            """);
        EnvoyModel edge = edge(world, 80);

        assertThat(edge.outcome(get("a.example.com", "/g/1")).target()).isEqualTo("503");
        assertThat(edge.outcome(get("a.example.com", "/closed")).target()).isEqualTo("503");
        assertThat(edge.outcome(get("a.example.com", "/x")).service()).isEqualTo("order");
        assertThat(edge(world, 80, "order").outcome(get("b.example.com", "/")).target())
                .isEqualTo("503");
        assertThat(edge(world, 80, "order").outcome(get("c.example.com", "/")).service())
                .isEqualTo("order");
        assertThat(world.findings())
                .extracting(Finding::rule, Finding::subject)
                .contains(
                        tuple("xds-refused", "service guarded"),
                        tuple("xds-refused", "routes[2]"),
                        tuple("xds-left-out", "routes[3]"));
    }

    @Test
    void resourcesWithRoutesKeepEnvoysPublishedRules() throws Exception {
        World world = world("""
              - {hosts: ["*.example.com"], services: [{service: order}, {status: 500}], rewrite: {prefix: /x}}
              - {path: /old, redirect: {scheme: https, status: 308, prefix: /new}}
              - {hosts: [a.example.com], service: copies, match: {exact: true, method: GET, headers: {a: b}, query: {c: d}}}
            """);
        Traits traits = new Traits(Dialect.ENVOY, true, Set.of(), "0.0.0.0:80");
        for (ResourceType type : ResourceType.values()) {
            for (Message message : Packed.all(new View(world, traits).all(type))) {
                assertThat(RuleCheck.problems(message)).as(type.name()).isEmpty();
            }
        }
    }
}
