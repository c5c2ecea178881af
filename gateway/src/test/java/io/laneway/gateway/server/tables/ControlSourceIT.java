package io.laneway.gateway.server.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.router.text.Slice;
import io.laneway.testkit.LogCapture;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlSourceIT {

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final RecordingListener listener = new RecordingListener();
    private FakeControl control;
    private ControlSource source;

    @BeforeEach
    void startControl() throws Exception {
        control = new FakeControl(vertx);
    }

    @AfterEach
    void stop() {
        if (source != null) {
            source.close();
        }
        vertx.close().await();
        thread.shutdownNow();
    }

    private void watch(FollowedTable has, Duration silence) {
        watch(control.uri(), has, silence);
    }

    private void watch(URI uri, FollowedTable has, Duration silence) {
        watch(uri, has, null, silence);
    }

    private void watch(URI uri, FollowedTable has, FollowedNames names, Duration silence) {
        ControlClient client =
                new ControlClient(vertx, new TableConfig.Control(uri, "t0ken"), new ControlClient.Self("gw 1", "0.1"));
        source = new ControlSource(vertx, client, thread, () -> has, data -> {}, names, new Random(1), silence);
        source.start(listener);
    }

    private void watch() {
        watch(FollowedTable.NOTHING, ControlSource.SILENCE);
    }

    @Test
    void deliversTheTableAndThenEveryChange() {
        control.greeting = Tables.snapshotEvent("s", Tables.table(3));
        watch();
        await().until(() -> listener.revisions().equals("s3"));

        control.say(Tables.deltaEvent("s", Tables.addLane(3, "f-1")));
        control.say(": still here\n\n" + Tables.deltaEvent("s", Tables.addLane(4, "f-2")));

        await().until(() -> listener.revisions().equals("s3 +4 +5"));
        assertThat(listener.connection).startsWith("true");
    }

    @Test
    void aRefusedTokenIsSaidOnce() {
        try (LogCapture log = LogCapture.of(ControlSource.class)) {
            control.status = 403;
            watch();
            await().until(() -> control.watches.size() >= 3);
            assertThat(log.events())
                    .singleElement()
                    .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN));
        }
    }

    @Test
    void tellsWhoItIsAndShowsItsToken() {
        watch();
        await().until(() -> !control.watches.isEmpty());

        assertThat(control.watches.get(0)).isEqualTo("from=0&gateway=gw%201&version=0.1");
        assertThat(control.tokens.get(0)).isEqualTo("Bearer t0ken");
    }

    @Test
    void asksOnlyForWhatCameAfterTheLastKnownGoodTable() {
        watch(new FollowedTable("s-1", Tables.table(7)), ControlSource.SILENCE);
        await().until(() -> !control.watches.isEmpty());

        assertThat(control.watches.get(0)).startsWith("from=7&store=s-1&");
    }

    @Test
    void goesOnFromWhereItWasWhenTheConnectionIsTorn() {
        control.greeting = Tables.snapshotEvent("s", Tables.table(3));
        watch();
        await().until(() -> listener.revisions().equals("s3"));
        String delta = Tables.deltaEvent("s", Tables.addLane(3, "f-1"));
        control.say(delta.substring(0, delta.length() / 2));
        control.greeting = delta;
        control.cut();

        await().until(() -> listener.revisions().equals("s3 +4"));
        assertThat(control.watches.get(1)).startsWith("from=3&store=s&");
    }

    @Test
    void givesUpAConnectionThatWentSilent() {
        watch(FollowedTable.NOTHING, Duration.ofMillis(200));

        await().until(() -> control.watches.size() >= 2);
    }

    @Test
    void asksForTheWholeTableWhenAChangeWasMissed() {
        control.greeting = Tables.snapshotEvent("s", Tables.table(3));
        watch();
        await().until(() -> listener.revisions().equals("s3"));
        control.greeting = Tables.snapshotEvent("s", Tables.table(9));

        control.say(Tables.deltaEvent("s", Tables.addLane(5, "f-1")));

        await().until(() -> listener.revisions().equals("s3 s9"));
        assertThat(control.watches.get(1)).startsWith("from=0&");
        assertThat(listener.refused).hasSize(1);
    }

    @Test
    void refusesATableThatIsWrongAndTakesTheNextOne() {
        control.greeting = "event: snapshot\ndata: {\"store\":\"s\",\"revision\":3,\"table\":{\"lanes\":7}}\n\n";
        watch();
        await().until(() -> listener.refused.size() == 1);

        control.say(Tables.snapshotEvent("s", Tables.table(4)));

        await().until(() -> listener.revisions().equals("s4"));
    }

    @Test
    void ignoresWhatANewerControlApiSaysBeside() {
        String event = Tables.snapshotEvent("s", Tables.table(3));
        control.greeting = "event: weather\ndata: {\"sun\":true}\n\n"
                + event.replace("\"replaces\"", "\"mood\":\"good\",\"replaces\"")
                        .replace("{\"name\"", "{\"new\":1,\"name\"");
        watch();

        await().until(() -> listener.revisions().equals("s3"));
        assertThat(listener.refused).isEmpty();
    }

    @Test
    void saysWhyItIsNotConnected() {
        control.status = 401;
        watch();
        await().until(() -> listener.connection.contains("401"));
        assertThat(listener.connection).startsWith("false");

        control.status = 200;
        control.greeting = Tables.snapshotEvent("s", Tables.table(3));
        await().until(() -> listener.revisions().equals("s3"));
    }

    @Test
    void triesAgainWhileNobodyListens() throws Exception {
        URI uri = control.uri();
        control.close();
        watch(uri, FollowedTable.NOTHING, ControlSource.SILENCE);

        await().until(() -> listener.connection.startsWith("false"));
        assertThat(listener.revisions()).isEmpty();
    }

    @Test
    void asksForMoreAndSaysWhenItIsThere() {
        control.greeting = Tables.snapshotEvent("s", Tables.table(3));
        FollowedNames names = new FollowedNames(List.of("order"), List.of());
        watch(control.uri(), FollowedTable.NOTHING, names, ControlSource.SILENCE);
        await().until(() -> names.follows(Slice.of("Order")));
        assertThat(names.follows(Slice.of("stock"))).isFalse();

        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        names.ask("stock", answered::complete);
        assertThat(answered.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        assertThat(names.follows(Slice.of("stock"))).isTrue();
        assertThat(listener.revisions()).isEqualTo("p3 p3");
        assertThat(control.interests.get(1).getJsonArray("hosts")).isEqualTo(JsonArray.of("order", "stock"));

        control.say(Tables.deltaEvent("s", Tables.addLane(3, "f-1")));
        await().until(() -> listener.revisions().equals("p3 p3 +4"));
    }

    @Test
    void followsTheWholeTableOfAControlApiThatKnowsNoParts() {
        control.parts = false;
        control.greeting = Tables.snapshotEvent("s", Tables.table(3));
        FollowedNames names = new FollowedNames(List.of("order"), List.of());
        FollowedTable part = new FollowedTable("s", Tables.table(2), true);
        watch(control.uri(), part, names, ControlSource.SILENCE);
        await().until(() -> names.follows(Slice.of("stock")));
        assertThat(listener.revisions()).isEqualTo("s3");
        assertThat(control.watches.get(0)).contains("from=0");
    }

    @Test
    void noneWaitsWhereThereIsNoControlApi() throws Exception {
        FollowedNames names = new FollowedNames(List.of("order"), List.of());
        watch(control.uri(), FollowedTable.NOTHING, names, ControlSource.SILENCE);
        await().until(names::asks);
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        names.ask("stock", answered::complete);
        control.close();
        assertThat(answered.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
        assertThat(names.asks()).isFalse();
    }
}
