package io.laneway.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverlaidTableTest {

    private static final String OWN = """
            lanes: [{name: G0, mode: strict}]
            services:
              - {name: order, hosts: [order.example.com], deployments: [{lane: G0, endpoints: ["10.9.9.9:80"]}]}
              - {name: other}
            routes: [{path: /order, service: order}]
            """;

    @Test
    void addsWhatWasFoundBesideTheTablesOwn() {
        LaneTable table = OverlaidTable.of(own(), found("shop"), 7);
        assertThat(table.revision()).isEqualTo(7);
        assertThat(table.lanes()).extracting(Lane::name).containsExactly("G0", "f-1");
        Service order = table.services().get(0);
        assertThat(order.deployments()).extracting(Deployment::lane).containsExactly("G0", "f-1");
        assertThat(order.deployments().get(0).ports().get(0).endpoints()).containsExactly(Endpoint.at("10.9.9.9:80"));
        assertThat(order.hosts()).containsExactly("order.example.com", "o.example.com");
    }

    @Test
    void aServiceWithoutNamespaceIsTheOneFoundUnderItsName() {
        LaneTable table = OverlaidTable.of(own(), found("shop"), 1);
        ServiceId full = new ServiceId("order", "shop");
        assertThat(table.services()).extracting(Service::id).containsExactly(full, ServiceId.of("other"));
        assertThat(table.routes().get(0).service()).isEqualTo(full);
    }

    @Test
    void aServiceWithoutNamespaceStaysItselfWhereTwoNamespacesHaveItsName() {
        Overlay two = new Overlay(
                List.of(),
                List.of(found("a").services().get(0), found("b").services().get(0)));
        LaneTable table = OverlaidTable.of(own(), two, 1);
        assertThat(table.services())
                .extracting(one -> one.id().toString())
                .containsExactly("order", "other", "order.a", "order.b");
        // A host is of one service only.
        assertThat(table.services().get(2).hosts()).containsExactly("o.example.com");
        assertThat(table.services().get(3).hosts()).isEmpty();
    }

    @Test
    void aServiceWithoutNamespaceIsTheEldestOfThoseOfItsName() {
        ServiceId shop = new ServiceId("order", "shop");
        Overlay two = new Overlay(
                List.of(),
                List.of(found("a").services().get(0), found("shop").services().get(0)),
                Set.of(shop));
        LaneTable table = OverlaidTable.of(own(), two, 1);
        assertThat(table.services())
                .extracting(one -> one.id().toString())
                .containsExactly("order.shop", "other", "order.a");
        assertThat(table.routes().get(0).service()).isEqualTo(shop);
    }

    @Test
    void theResultIsAValidTable() {
        Problems problems = Problems.strict();
        byte[] written = io.laneway.router.codec.TableWriter.json(OverlaidTable.of(own(), found("shop"), 3));
        TableReader.read(written, "", problems);
        assertThat(problems.list()).isEmpty();
    }

    private static LaneTable own() {
        return TableReader.read(OWN.getBytes(StandardCharsets.UTF_8), "own.yaml", Problems.strict());
    }

    private static Overlay found(String namespace) {
        Service order = new Service(
                new ServiceId("order", namespace),
                List.of("Order.example.com", "o.example.com"),
                null,
                List.of(
                        Deployment.of("f-1", Protocol.AUTO, List.of(Endpoint.at("10.0.0.1:80"))),
                        Deployment.of("g0", Protocol.AUTO, List.of(Endpoint.at("10.0.0.2:80")))),
                Policy.DEFAULT);
        return new Overlay(List.of(Lane.named("f-1"), Lane.named("g0")), List.of(order));
    }
}
