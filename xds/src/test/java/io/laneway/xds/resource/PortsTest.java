package io.laneway.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deployments with several ports: which one a request is for. */
class PortsTest {

    private static final String TABLE = """
        schema: 1
        lanes: [{name: f-1}]
        services:
          - name: order
            hosts: [order.example.com]
            deployments:
              - lane: master
                ports:
                  - {name: web, port: 8080, protocol: http1, endpoints: ["127.0.0.1:9001"]}
                  - {name: calls, port: 9000, protocol: h2c, endpoints: ["127.0.0.1:9002"]}
              - lane: f-1
                ports:
                  - {name: web, port: 8080, protocol: http1, endpoints: ["127.0.0.1:9003"]}
                  - {name: calls, port: 9000, protocol: h2c, endpoints: [{address: "127.0.0.1:9004", ready: false}]}
          - name: copies
            deployments: [{lane: master, endpoints: ["127.0.0.1:9005"]}]
        routes:
          - {hosts: [api.example.com], path: /calls, services: [{service: order, port: 9000}]}
          - {hosts: [api.example.com], path: /any, service: order}
          - {hosts: [api.example.com], path: /copied, service: copies, mirror: {service: order, port: 9000}}
        """;

    private final World world = new World(0);
    private EnvoyModel edge;

    @BeforeEach
    void say() throws Exception {
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(TABLE.getBytes(StandardCharsets.UTF_8), "table.yaml", problems);
        assertThat(problems.list()).isEmpty();
        world.apply(table, 0);
        edge = new EnvoyModel(new View(world, new Traits(Dialect.ENVOY, true, Set.of(), "0.0.0.0:80")));
    }

    private String cluster(String host, String path, String lane, String type) throws Exception {
        return edge.route(new Ask("GET", host, path, Map.of("trace-branch", lane, "content-type", type), Map.of(), 0))
                .getRoute()
                .getCluster();
    }

    @Test
    void theNumberInTheAuthorityCountsAndElseWhetherItIsACall() throws Exception {
        String host = "order.example.com";
        assertThat(cluster(host, "/", "master", "text/plain")).isEqualTo("order/master:8080");
        assertThat(cluster(host, "/", "master", "Application/gRPC")).isEqualTo("order/master:9000");
        assertThat(cluster(host + ":9000", "/", "master", "text/plain")).isEqualTo("order/master:9000");
        assertThat(cluster(host + ":8080", "/", "f-1", "application/grpc")).isEqualTo("order/f-1:8080/master:8080");
        assertThat(cluster(host + ":80", "/", "f-1", "application/grpc")).isEqualTo("order/f-1:9000/master:9000");
    }

    @Test
    void aPortThatIsUnreadyFallsBackByItself() throws Exception {
        Ask call = new Ask(
                "order.example.com", Map.of("trace-branch", "f-1", "content-type", "application/grpc"), Map.of());
        assertThat(edge.outcome(call).served()).isEqualTo("master");
        Ask page = new Ask("order.example.com", Map.of("trace-branch", "f-1"), Map.of());
        assertThat(edge.outcome(page).served()).isEqualTo("f-1");
    }

    @Test
    void aRouteMayMeanAPort() throws Exception {
        String host = "api.example.com";
        assertThat(cluster(host, "/calls", "f-1", "text/plain")).isEqualTo("order/f-1:9000/master:9000");
        assertThat(cluster(host, "/any", "f-1", "text/plain")).isEqualTo("order/f-1:8080/master:8080");
        assertThat(cluster(host, "/any", "f-1", "application/grpc")).isEqualTo("order/f-1:9000/master:9000");
        assertThat(edge.route(new Ask("GET", host, "/copied", Map.of(), Map.of(), 0))
                        .getRoute()
                        .getRequestMirrorPolicies(0)
                        .getCluster())
                .isEqualTo("order/master:9000");
        assertThat(world.findings()).noneMatch(finding -> finding.message().contains("port"));
    }

    @Test
    void aGrpcClientGetsThePortOfCalls() throws Exception {
        View view = new View(world, new Traits(Dialect.GRPC, false, Set.of(), Traits.SIDECAR));
        assertThat(view.get(ResourceType.CLUSTER, "order/master:9000")).isNotNull();
        assertThat(view.get(ResourceType.CLUSTER, "order/master:8080")).isNull();
        assertThat(new GrpcModel(view)
                        .outcome(new Ask("order", Map.of("trace-branch", "f-1"), Map.of()))
                        .served())
                .isEqualTo("master");
    }
}
