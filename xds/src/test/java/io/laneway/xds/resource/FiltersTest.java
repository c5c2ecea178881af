package io.laneway.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource.Finding;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What policies have filters do, read from the resources as an Envoy's filters read them. */
class FiltersTest {

    private static final Traits EDGE = new Traits(Dialect.ENVOY, true, Set.of(), "0.0.0.0:80");
    private static final Traits SIDECAR = new Traits(Dialect.ENVOY, false, Set.of(), Traits.SIDECAR);

    private static World world(String policy, String routes) {
        String text = """
            schema: 1
            lanes: [{name: F-1}, {name: f-2}]
            shifts: [{name: default, tenant: [{header: X-Tenant}], environments: []}]
            services:
              - name: order
                hosts: [order.example.com]
                policy: %s
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:9001"]}
                  - {lane: F-1, protocol: http1, endpoints: ["127.0.0.1:9002"]}
              - name: other
                hosts: ["*.example.com"]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:9003"]}]
            %s\
            """.formatted(policy, routes.isEmpty() ? "" : "routes:\n" + routes);
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(text.getBytes(StandardCharsets.UTF_8), "table.yaml", problems);
        assertThat(problems.list()).isEmpty();
        World world = new World(0);
        world.apply(table, 0);
        return world;
    }

    private static EnvoyFilters edge(World world) throws Exception {
        keepsTheRules(world);
        return new EnvoyFilters(new EnvoyModel(new View(world, EDGE)));
    }

    private static void keepsTheRules(World world) throws Exception {
        for (Traits traits : List.of(EDGE, SIDECAR)) {
            for (ResourceType type : ResourceType.values()) {
                for (Message message : Packed.all(new View(world, traits).all(type))) {
                    assertThat(RuleCheck.problems(message)).as(type.name()).isEmpty();
                }
            }
        }
    }

    private static Ask ask(String method, String... headers) {
        Map<String, String> lines = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.put(headers[i], headers[i + 1]);
        }
        return new Ask(method, "order.example.com", "/", lines, Map.of(), 0);
    }

    @Test
    void aRateCountsEachSourceByItselfInAllLanes() throws Exception {
        EnvoyFilters edge = edge(world("{rate: {requests: 2, key: source}}", ""));

        assertThat(edge.outcome(ask("GET"), "10.0.0.1", 0)).isEqualTo("forwarded");
        assertThat(edge.outcome(ask("GET", "trace-branch", "F-1"), "10.0.0.1", 0))
                .isEqualTo("forwarded");
        assertThat(edge.outcome(ask("GET", "trace-branch", "f-2"), "10.0.0.1", 0))
                .isEqualTo("429");
        assertThat(edge.outcome(ask("GET"), "10.0.0.2", 0)).isEqualTo("forwarded");
    }

    @Test
    void requestsWithoutTheHeaderOfARateShareOneBucket() throws Exception {
        for (String key : List.of("'header:X-Client'", "tenant")) {
            String header = key.equals("tenant") ? "x-tenant" : "x-client";
            EnvoyFilters edge = edge(world("{rate: {requests: 10, burst: 1, per: 10ms, key: " + key + "}}", ""));

            assertThat(edge.outcome(ask("GET", header, "a"), "1", 0)).isEqualTo("forwarded");
            assertThat(edge.outcome(ask("GET", header, "a"), "1", 0)).isEqualTo("429");
            assertThat(edge.outcome(ask("GET", header, "b"), "1", 0)).isEqualTo("forwarded");
            assertThat(edge.outcome(ask("GET"), "1", 0)).isEqualTo("forwarded");
            assertThat(edge.outcome(ask("GET"), "2", 0)).isEqualTo("429");
        }
    }

    @Test
    void aRateThatCannotBeCountedIsRefusedEvenUnderAWildcardOfAnotherService() throws Exception {
        for (String rate : List.of("{requests: 2, key: lane}", "{requests: 2, key: source, scope: fleet}")) {
            World world = world("{rate: " + rate + "}", "");

            assertThat(edge(world).outcome(ask("GET"), "1", 0)).isEqualTo("503");
            assertThat(new EnvoyModel(new View(world, SIDECAR))
                            .outcome(new Ask("order", Map.of(), Map.of()))
                            .target())
                    .isEqualTo("503");
            assertThat(world.findings())
                    .extracting(Finding::rule, Finding::subject)
                    .containsExactly(tuple("xds-refused", "service order"));
        }
    }

    @Test
    void aRateHoldsForNoRouteOfTheTable() throws Exception {
        World world = world("{rate: {requests: 2, key: source}}", """
              - {hosts: [api.example.com], path: /order, service: order}
              - {hosts: [order.example.com], path: /other, service: other}
            """);
        EnvoyFilters edge = edge(world);

        assertThat(edge.outcome(ask("GET"), "1", 0)).isEqualTo("503");
        assertThat(edge.outcome(new Ask("GET", "api.example.com", "/order", Map.of(), Map.of(), 0), "1", 0))
                .isEqualTo("503");
        assertThat(world.findings())
                .extracting(Finding::rule, Finding::subject)
                .contains(tuple("xds-refused", "service order"), tuple("xds-refused", "routes[0]"))
                .doesNotContain(tuple("xds-refused", "routes[1]"));
    }

    @Test
    void aBodyIsBoundedByWhatItSaysAndElseByWhatComes() throws Exception {
        EnvoyFilters edge = edge(world("{maxBody: 1KiB}", ""));

        for (String lane : List.of("master", "F-1", "unknown")) {
            assertThat(edge.outcome(ask("POST", "content-length", "1024", "trace-branch", lane), "1", 1024))
                    .isEqualTo("forwarded");
            assertThat(edge.outcome(ask("POST", "content-length", "1025", "trace-branch", lane), "1", 0))
                    .isEqualTo("413");
            assertThat(edge.outcome(ask("POST", "content-length", "5, 5", "trace-branch", lane), "1", 1025))
                    .isEqualTo("413");
            assertThat(edge.outcome(ask("POST", "trace-branch", lane), "1", 1025))
                    .isEqualTo("413");
            assertThat(edge.outcome(ask("GET", "trace-branch", lane), "1", 0)).isEqualTo("forwarded kept");
            assertThat(edge.outcome(
                            ask("POST", "content-type", "application/grpc+proto", "trace-branch", lane), "1", 9))
                    .isEqualTo("503");
        }
    }

    @Test
    void whatFollowsAnUpgradeIsNoBody() throws Exception {
        View view = new View(world("{maxBody: 1KiB}", ""), EDGE);
        HttpConnectionManager manager = view.get(ResourceType.LISTENER, "laneway")
                .body()
                .unpack(Listener.class)
                .getFilterChains(0)
                .getFilters(0)
                .getTypedConfig()
                .unpack(HttpConnectionManager.class);

        assertThat(manager.getHttpFiltersList())
                .filteredOn(HttpFilter::getDisabled)
                .extracting(HttpFilter::getName)
                .containsExactly("envoy.filters.http.buffer");
        assertThat(manager.getUpgradeConfigs(0).getFiltersList())
                .extracting(HttpFilter::getName)
                .isEqualTo(manager.getHttpFiltersList().stream()
                        .filter(filter -> !filter.getDisabled())
                        .map(HttpFilter::getName)
                        .toList())
                .endsWith("envoy.filters.http.router");
    }

    @Test
    void aFaultIsForRequestsThatAskForItsLane() throws Exception {
        EnvoyFilters own = edge(world("{fault: {lane: F-1, delay: 10ms, abort: 418}}", ""));
        assertThat(own.outcome(ask("GET", "trace-branch", "f-1"), "1", 0)).isEqualTo("fault 418");
        assertThat(own.outcome(ask("GET"), "1", 0)).isEqualTo("forwarded");

        EnvoyFilters lacking = edge(world("{fault: {lane: f-2, delay: 10ms, share: 25%}}", ""));
        Ask ask = ask("GET", "trace-branch", "f-2");
        assertThat(lacking.outcome(ask.withChance(249_999), "1", 0)).isEqualTo("forwarded delayed");
        assertThat(lacking.outcome(ask.withChance(250_000), "1", 0)).isEqualTo("forwarded");

        EnvoyFilters base = edge(world("{fault: {lane: master, abort: 418}}", ""));
        assertThat(base.outcome(ask("GET"), "1", 0)).isEqualTo("fault 418");
        assertThat(base.outcome(ask("GET", "trace-branch", "master"), "1", 0)).isEqualTo("fault 418");
        assertThat(base.outcome(ask("GET", "trace-branch", "F-1"), "1", 0)).isEqualTo("forwarded");

        World both = world("{fault: {lane: F-1, delay: 10ms, abort: 418, share: 25%}}", "");
        assertThat(edge(both).outcome(ask("GET", "trace-branch", "F-1"), "1", 0))
                .isEqualTo("forwarded");
        assertThat(both.findings())
                .extracting(Finding::message)
                .anySatisfy(message -> assertThat(message).contains("policy.fault: of a share"));
    }

    @Test
    void preflightsAreAnsweredAndResponsesAreTheServicesOwn() throws Exception {
        EnvoyFilters edge = edge(world("{cors: {origins: ['https://shop.example.com', 'https://*.example.org']}}", ""));
        String asked = "access-control-request-method";

        assertThat(edge.outcome(ask("OPTIONS", "origin", "https://shop.example.com", asked, "PUT"), "1", 0))
                .isEqualTo("200 for https://shop.example.com");
        assertThat(edge.outcome(ask("OPTIONS", "origin", "https://a.b.example.org", asked, "PUT"), "1", 0))
                .isEqualTo("200 for https://a.b.example.org");
        assertThat(edge.outcome(ask("OPTIONS", "origin", "https://evil.com/.example.org", asked, "PUT"), "1", 0))
                .isEqualTo("200");
        assertThat(edge.outcome(ask("OPTIONS", "origin", "https://shop.example.com"), "1", 0))
                .isEqualTo("forwarded");
        assertThat(edge.outcome(ask("GET", "origin", "https://shop.example.com"), "1", 0))
                .isEqualTo("forwarded");
    }

    @Test
    void aRoutesOwnCorsGoesBeforeThePolicys() throws Exception {
        EnvoyFilters edge = edge(world(
                "{cors: {origins: ['https://a.com']}}",
                "  - {hosts: [api.example.com], service: order, cors: {origins: ['*'], responses: true}}\n"));
        Ask ask = new Ask("GET", "api.example.com", "/", Map.of("origin", "https://x.com"), Map.of(), 0);

        assertThat(edge.outcome(ask, "1", 0)).isEqualTo("forwarded readable");
        assertThat(edge.outcome(ask("GET", "origin", "https://a.com"), "1", 0)).isEqualTo("forwarded");
    }

    @Test
    void aSessionKeepsItsSeatInEveryLaneAndByRoutes() throws Exception {
        EnvoyFilters edge =
                edge(world("{sticky: {cookie: seat, ttl: 1h}}", "  - {hosts: [api.example.com], service: order}\n"));

        assertThat(edge.outcome(ask("GET", "trace-branch", "F-1"), "1", 0)).isEqualTo("forwarded with a seat");
        assertThat(edge.outcome(new Ask("GET", "api.example.com", "/", Map.of(), Map.of(), 0), "1", 0))
                .isEqualTo("forwarded with a seat");
    }

    @Test
    void whatNeedsATokenIsClosedToEdgesAlone() throws Exception {
        World world = world(
                "{access: {public: false}}",
                "  - {hosts: [api.example.com], service: order, access: {public: true}}\n");

        assertThat(edge(world).outcome(ask("GET"), "1", 0)).isEqualTo("503");
        assertThat(edge(world).outcome(new Ask("GET", "api.example.com", "/", Map.of(), Map.of(), 0), "1", 0))
                .isEqualTo("forwarded");
        assertThat(new EnvoyModel(new View(world, SIDECAR))
                        .outcome(new Ask("order", Map.of(), Map.of()))
                        .served())
                .isEqualTo("master");
        assertThat(world.findings())
                .extracting(Finding::rule, Finding::subject)
                .contains(tuple("xds-refused", "service order"));
    }
}
