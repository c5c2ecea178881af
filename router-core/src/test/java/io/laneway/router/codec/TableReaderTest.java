package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.TenantSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableReaderTest {

    private final Problems problems = Problems.strict();

    @Test
    void readsTheTableOfTheContract() {
        LaneTable table = read("""
                schema: 1
                revision: 12
                base: master
                carriers: {header: [trace-branch, x-lane], host: ["app-{lane}.example.com"]}
                lanes:
                  - {name: f-1, parent: master, mode: permissive, description: "", expiresAt: 2026-12-01T00:00:00Z, keep: false}
                  - {name: G0}
                services:
                  - name: order
                    namespace: shop
                    hosts: [order.example.com, "*.order.example.com"]
                    shift: default
                    deployments:
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:9001"]}
                      - {lane: f-1,    protocol: auto,  endpoints: [{address: "127.0.0.1:9002", weight: 2, zone: a}]}
                    policy: {}
                routes:
                  - {hosts: ["shop.example.com"], path: /api/order, service: order.shop, stripPrefix: false}
                shifts:
                  - name: default
                    enabled: true
                    tenant: [{header: x-tenant-id}]
                    environments:
                      - {lane: G0, share: "20%", tenants: {include: [demo], exclude: [bank-1]}, slots: [[0, 1999]]}
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(table.revision()).isEqualTo(12);
        assertThat(table.carriers().header()).containsExactly("trace-branch", "x-lane");
        assertThat(table.carriers().query()).containsExactly(Carriers.MARKER);
        assertThat(table.lanes().get(0))
                .isEqualTo(new Lane(
                        "f-1",
                        "master",
                        LaneMode.PERMISSIVE,
                        "",
                        Instant.parse("2026-12-01T00:00:00Z"),
                        false,
                        LaneState.ACTIVE));
        Service order = table.services().get(0);
        assertThat(order.id()).isEqualTo(new ServiceId("order", "shop"));
        assertThat(order.deployments())
                .containsExactly(
                        Deployment.of("master", Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:9001"))),
                        Deployment.of(
                                "f-1", Protocol.AUTO, List.of(new Endpoint("127.0.0.1:9002", 2, "a", true, false))));
        assertThat(table.routes().get(0).service()).isEqualTo(order.id());
        assertThat(table.shifts().get(0).tenant())
                .containsExactly(new TenantSource(TenantSource.Kind.HEADER, "x-tenant-id"));
        assertThat(table.shifts().get(0).environments().get(0).tenants())
                .isEqualTo(new Pins(List.of("demo"), List.of("bank-1")));
        assertThat(table.shifts().get(0).environments().get(0).slots()).containsExactly(new SlotRange(0, 1999));
    }

    @Test
    void namesFileLineAndPathOfEveryProblemAtOnce() {
        read("""
                lanes:
                  - {name: f-1, mod: strict}
                  - {name: f-2, keep: "yes"}
                services:
                  - name: order
                    deployments:
                      - lane: f-1
                        endpoints: [{address: "127.0.0.1:1", weight: -1}]
                """);
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "t.yaml:2: lanes[0].mod: unknown key (expected: mode)",
                        "t.yaml:3: lanes[1].keep: 'yes' (expected: true or false)",
                        "t.yaml:8: services[0].deployments[0].endpoints[0].weight: the number -1 (expected: a whole number >= 0)");
    }

    private LaneTable read(String document) {
        return TableReader.read(document.getBytes(StandardCharsets.UTF_8), "t.yaml", problems);
    }
}
