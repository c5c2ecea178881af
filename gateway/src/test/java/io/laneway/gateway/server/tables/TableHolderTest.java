package io.laneway.gateway.server.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.server.tables.TableStatus.Origin;
import io.laneway.gateway.testkit.Scrape;
import io.laneway.gateway.upstream.cluster.ClusterEnvironment;
import io.laneway.gateway.upstream.cluster.Clusters;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TableHolderTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final TableHolder holder = new TableHolder(
            new TableCompiler<>(new Clusters(ClusterEnvironment.withoutHealthChecks(1)), clock), Runnable::run, clock);

    private String metrics() {
        return Scrape.of(holder.metrics());
    }

    @Test
    void hasNoTableUntilOneCame() {
        assertThat(holder.get()).isNull();
        assertThat(holder.lane("f-1")).isFalse();
        assertThat(holder.service("order")).isFalse();
        assertThat(holder.status().origin()).isEqualTo(Origin.NONE);
        assertThat(holder.first().toCompletableFuture()).isNotDone();

        holder.snapshot("s", Tables.table(3));

        assertThat(holder.get().revision()).isEqualTo(3);
        assertThat(holder.status().updated()).isEqualTo(now.get());
        assertThat(holder.first().toCompletableFuture()).isDone();
    }

    @Test
    void followsTheChangesOfItsStore() {
        holder.snapshot("s", Tables.table(3));
        holder.delta("s", Tables.addLane(3, "f-1"));

        assertThat(holder.get().revision()).isEqualTo(4);
        assertThat(holder.lane("F-1")).isTrue();
        assertThat(holder.service("order")).isTrue();
        assertThat(holder.service("absent")).isFalse();
        assertThat(metrics())
                .contains("laneway_table_revision 4.0\n", "laneway_table_updates_total{outcome=\"applied\"} 2.0\n");
    }

    @Test
    void warnsOfATableThatLostEveryServiceUntilThereIsOneAgain() {
        holder.snapshot("s", Tables.table(3));
        assertThat(holder.status().warnings()).isEmpty();

        holder.snapshot("s", LaneTable.EMPTY.atRevision(4));

        assertThat(holder.get().revision()).isEqualTo(4);
        assertThat(holder.status().warnings())
                .extracting(Problem::toString)
                .containsExactly("services: all 1 services are gone with revision 4 (expected: one or more)");
        holder.delta("s", Tables.addLane(4, "f-1"));
        assertThat(holder.status().warnings()).hasSize(1);
        holder.snapshot("s", Tables.table(6));
        assertThat(holder.status().warnings()).isEmpty();
    }

    @Test
    void keepsTheRunningTableWhenTheNewOneIsRefused() {
        holder.snapshot("s", Tables.table(3, "f-1"));
        holder.refused(List.of(Problem.at("lanes[0]", "broken", "")));

        assertThat(holder.get().revision()).isEqualTo(3);
        assertThat(holder.status().problems()).hasSize(1);
        assertThat(metrics()).contains("laneway_table_updates_total{outcome=\"refused\"} 1.0\n");

        holder.snapshot("s", Tables.table(4));
        assertThat(holder.status().problems()).isEmpty();
    }

    @Test
    void doesNotFollowAStoreWhoseIdChanged() {
        holder.snapshot("s", Tables.table(3));
        holder.snapshot("other", Tables.table(9, "f-9"));
        holder.delta("other", Tables.addLane(9, "f-10"));

        assertThat(holder.get().revision()).isEqualTo(3);
        assertThat(holder.status().waiting().revision()).isEqualTo(10);
        assertThat(metrics()).contains("laneway_table_source_changed 1.0\n", "outcome=\"source_changed\"} 1.0\n");
    }

    @Test
    void doesNotFollowARevisionThatFell() {
        holder.snapshot("s", Tables.table(3));
        holder.snapshot("s", Tables.table(2));

        assertThat(holder.get().revision()).isEqualTo(3);
        assertThat(holder.status().waiting().revision()).isEqualTo(2);
    }

    @Test
    void followsTheChangedStoreOnceItIsAccepted() throws Exception {
        holder.snapshot("s", Tables.table(3));
        assertThat(holder.accept().toCompletableFuture().get()).isFalse();
        holder.snapshot("other", Tables.table(1));
        holder.delta("other", Tables.addLane(1, "f-1"));

        assertThat(holder.accept().toCompletableFuture().get()).isTrue();
        assertThat(holder.get().revision()).isEqualTo(2);
        assertThat(holder.status().waiting()).isNull();

        holder.delta("other", Tables.addLane(2, "f-2"));
        assertThat(holder.get().revision()).isEqualTo(3);
    }

    @Test
    void followsAStoreThatReplacesItsOwn() {
        holder.snapshot("s", Tables.table(30));
        holder.replaces("other", List.of("somebody", "s"));
        holder.snapshot("other", Tables.table(1));

        assertThat(holder.get().revision()).isEqualTo(1);
        assertThat(holder.status().followed().store()).isEqualTo("other");
    }

    @Test
    void aStoreThatReplacesSomebodyElsesIsStillAStranger() {
        holder.snapshot("s", Tables.table(30));
        holder.replaces("other", List.of("somebody"));
        holder.snapshot("other", Tables.table(31));

        assertThat(holder.get().revision()).isEqualTo(30);
    }

    @Test
    void asksForTheWholeTableWhenAChangeDoesNotFit() {
        AtomicInteger asked = new AtomicInteger();
        holder.onGap(asked::incrementAndGet);
        holder.snapshot("s", Tables.table(3));

        holder.delta("s", Tables.addLane(7, "f-1"));
        holder.delta(
                "s",
                new TableDelta(
                        3,
                        4,
                        List.of(new TableChange.PutDeployment(
                                ServiceId.of("nobody"),
                                Tables.table(1).services().get(0).deployments().get(0)))));

        assertThat(asked).hasValue(2);
        assertThat(holder.get().revision()).isEqualTo(3);
    }

    @Test
    void startsWithTheLastKnownGoodTableUnlessTheSourceWasFaster() {
        holder.start(new FollowedTable("s", Tables.table(5)));
        assertThat(holder.status().origin()).isEqualTo(Origin.LAST_KNOWN_GOOD);

        holder.snapshot("s", Tables.table(6));
        holder.start(new FollowedTable("s", Tables.table(5)));

        assertThat(holder.get().revision()).isEqualTo(6);
        assertThat(holder.status().origin()).isEqualTo(Origin.SOURCE);
    }

    @Test
    void tellsFollowersOnlyOfTablesOfTheSource() {
        List<Long> told = new ArrayList<>();
        holder.onApplied(followed -> told.add(followed.revision()));
        holder.start(new FollowedTable("s", Tables.table(5)));
        holder.snapshot("s", Tables.table(6));
        holder.delta("s", Tables.addLane(6, "f-1"));

        assertThat(told).containsExactly(6L, 7L);
    }

    @Test
    void takesATableWithAServiceThatNobodyServesAndWarns() {
        LaneTable table = Tables.table(3);
        Service order = table.services().get(0);
        Service bare = new Service(order.id(), order.hosts(), null, List.of(), order.policy());
        holder.snapshot(
                "s", new LaneTable(3, "master", table.carriers(), List.of(), List.of(bare), List.of(), List.of()));

        assertThat(holder.get().revision()).isEqualTo(3);
        assertThat(holder.status().warnings()).singleElement().asString().contains("service order has no deployment");
    }

    @Test
    void lanesOfFilesExpireByTheClock() {
        Instant end = now.get().plusSeconds(60);
        Lane lane = new Lane("f-1", null, LaneMode.PERMISSIVE, "", end, false, LaneState.ACTIVE);
        LaneTable table = Tables.table(3);
        holder.snapshot(
                "",
                new LaneTable(3, "master", table.carriers(), List.of(lane), table.services(), List.of(), List.of()));

        holder.expire();
        assertThat(holder.get().lane("f-1").expired()).isFalse();
        now.set(end);
        holder.expire();
        assertThat(holder.get().lane("f-1").expired()).isTrue();
    }

    @Test
    void remembersWhatTheSourceSaysOfItself() {
        holder.connected(false, "refused");
        assertThat(holder.status().detail()).isEqualTo("refused");
        assertThat(metrics()).contains("laneway_table_source_connected 0.0\n");
        holder.connected(true, "here");
        assertThat(metrics()).contains("laneway_table_source_connected 1.0\n");
    }
}
