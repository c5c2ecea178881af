package io.laneway.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.table.delta.Applied;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableCompilerTest {

    private static final class Recording implements LiveParts<DeploymentState, Void> {
        final List<String> opened = new ArrayList<>();
        final List<String> closed = new ArrayList<>();

        @Override
        public DeploymentState open(
                Service service, Deployment deployment, Port port, @Nullable DeploymentState previous) {
            String name = service.id() + "@" + deployment.lane();
            opened.add(name + (previous == null ? "" : "*"));
            return new DeploymentState() {
                @Override
                public boolean usable() {
                    return true;
                }

                @Override
                public void close() {
                    closed.add(name);
                }
            };
        }
    }

    private final Recording states = new Recording();
    private final TableCompiler<DeploymentState, Void> compiler = new TableCompiler<>(states, null);

    private static Deployment at(String lane, String address) {
        return Deployment.of(lane, Protocol.HTTP1, List.of(Endpoint.at(address)));
    }

    private static Service service(String name, Deployment... deployments) {
        return new Service(ServiceId.of(name), List.of(name + ".example"), null, List.of(deployments), Policy.DEFAULT);
    }

    private static LaneTable table(List<Lane> lanes, Service... services) {
        return new LaneTable(1, "master", Carriers.DEFAULT, lanes, List.of(services), List.of(), List.of());
    }

    private static final LaneTable START = table(
            List.of(Lane.named("f-1")),
            service("a", at("master", "h:1"), at("f-1", "h:2")),
            service("b", at("master", "h:3")));

    private static LaneTable changed(TableDelta delta, LaneTable table) {
        return delta.applyTo(table).orElseThrow(IllegalStateException::new);
    }

    @Test
    void aChangedEndpointReplacesOneDeploymentAndSharesTheRest() {
        CompiledTable<DeploymentState, Void> before =
                compiler.compile(START, null).table();
        states.opened.clear();
        TableDelta delta =
                new TableDelta(1, 2, List.of(new TableChange.PutDeployment(ServiceId.of("a"), at("f-1", "h:9"))));
        TableUpdate<DeploymentState, Void> update = compiler.compile(changed(delta, before.model()), before);
        CompiledTable<DeploymentState, Void> after = update.table();
        assertThat(states.opened).containsExactly("a@f-1*");
        assertThat(after.revision()).isEqualTo(2);
        assertThat(after.service(1)).isSameAs(before.service(1));
        assertThat(after.service(0)).isNotSameAs(before.service(0));
        assertThat(after.service(0).deployment(after.base()))
                .isSameAs(before.service(0).deployment(before.base()));
        assertThat(after.lanes()).isSameAs(before.lanes());
        assertThat(after.hosts()).isSameAs(before.hosts());
        assertThat(after.routes()).isSameAs(before.routes());
        assertThat(after.places()).isSameAs(before.places());
        assertThat(after.carriers()).isSameAs(before.carriers());
        assertThat(states.closed).isEmpty();
        update.retire();
        assertThat(states.closed).containsExactly("a@f-1");
    }

    @Test
    void removedServicesAndDeploymentsCloseTheirStates() {
        CompiledTable<DeploymentState, Void> before =
                compiler.compile(START, null).table();
        TableDelta delta = new TableDelta(
                1,
                2,
                List.of(
                        new TableChange.RemoveService(ServiceId.of("b")),
                        new TableChange.RemoveDeployment(ServiceId.of("a"), "f-1")));
        TableUpdate<DeploymentState, Void> update = compiler.compile(changed(delta, before.model()), before);
        update.retire();
        assertThat(states.closed).containsExactlyInAnyOrder("b@master", "a@f-1");
        assertThat(update.table().service(ServiceId.of("b"))).isNull();
    }

    @Test
    void anEqualTableReadAnewOpensAndClosesNothing() {
        CompiledTable<DeploymentState, Void> before =
                compiler.compile(START, null).table();
        states.opened.clear();
        LaneTable again = table(
                List.of(Lane.named("f-1")),
                service("b", at("master", "h:3")),
                service("a", at("master", "h:1"), at("f-1", "h:2")));
        TableUpdate<DeploymentState, Void> update = compiler.compile(again, before);
        assertThat(states.opened).isEmpty();
        assertThat(update.retired()).isEmpty();
        assertThat(update.table().service(ServiceId.of("a"))).isSameAs(before.service(ServiceId.of("a")));
    }

    @Test
    void aDeltaLeadsFromOneTableToTheOther() {
        LaneTable to = table(
                        List.of(Lane.named("f-2")),
                        service("a", at("master", "h:1"), at("f-2", "h:4")),
                        service("c", at("master", "h:5")))
                .atRevision(5);
        LaneTable made = changed(TableDelta.between(START, to), START);
        assertThat(made).isEqualTo(to);
        assertThat(TableDelta.changes(START, START.atRevision(9))).isEmpty();
        assertThat(TableDelta.between(START, to).applyTo(to)).isEqualTo(new Applied.Misfit("from: 1 (expected: 5)"));
    }

    @Test
    void lanesExpireByTheClockUnlessKeptOrNeeded() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        LaneTable model = table(List.of(
                lane("old", null, noon.minusSeconds(1), false),
                lane("kept", null, noon.minusSeconds(1), true),
                lane("parent", null, noon.minusSeconds(1), false),
                lane("child", "parent", noon.plusSeconds(60), false)));
        CompiledTable<DeploymentState, Void> table = new TableCompiler<>(states, Clock.fixed(noon, ZoneOffset.UTC))
                .compile(model, null)
                .table();
        assertThat(expired(table)).containsExactly("old");
        assertThat(table.nextExpiry()).isEqualTo(noon.plusSeconds(60));
        Clock later = Clock.offset(Clock.fixed(noon, ZoneOffset.UTC), Duration.ofSeconds(61));
        CompiledTable<DeploymentState, Void> then =
                new TableCompiler<>(states, later).compile(model, table).table();
        assertThat(expired(then)).containsExactly("old", "child");
        assertThat(then.nextExpiry()).isNull();
        assertThat(expired(compiler.compile(model, null).table())).isEmpty();
    }

    private static Lane lane(String name, @Nullable String parent, Instant end, boolean keep) {
        return new Lane(name, parent, LaneMode.PERMISSIVE, "", end, keep, LaneState.ACTIVE);
    }

    private static List<String> expired(CompiledTable<DeploymentState, Void> table) {
        return table.model().lanes().stream()
                .map(Lane::name)
                .filter(name -> table.lane(name).expired())
                .toList();
    }

    @Test
    void parentsThatLeadInACircleStillEndAtBase() {
        CompiledTable<DeploymentState, Void> table = compiler.compile(
                        table(List.of(lane("x", "y", Instant.MAX, false), lane("y", "x", Instant.MAX, false))), null)
                .table();
        LaneEntry lane = table.lane("x");
        for (int i = 0; i < 3 && lane.parent() != null; i++) {
            lane = lane.parent();
        }
        assertThat(lane).isSameAs(table.base());
    }
}
