package io.laneway.cli.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.day.DayClient.Answer;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.router.unit.Durations;
import io.laneway.testkit.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of faults in some minutes: two replicas of the control API on one PostgreSQL, two gateways with traffic for two
 * services, plans with guards, and kill -9, SIGSTOP and a full disk at random. {@code -Dlaneway.day=10m}, with {@code
 * -Dlaneway.day.seed} for the order of faults; {@code -Dlaneway.day.faults=false} for a quiet day.
 */
@EnabledIfSystemProperty(named = "laneway.day", matches = ".+")
class DayIT {

    private static final Duration LENGTH = Durations.parse(System.getProperty("laneway.day", "10m"));
    private static final boolean FAULTS = Boolean.parseBoolean(System.getProperty("laneway.day.faults", "true"));
    private static final long SEED = Long.getLong("laneway.day.seed", System.nanoTime() & 0xffffff);
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final Map<Long, String> answered = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<DayProcess> replicas = new ArrayList<>();
    private final List<DayProcess> gateways = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    @Test
    @SuppressWarnings("try") // what closes may be interrupted
    void everyAnsweredChangeIsThereAndPlansAreJudgedRight() throws Exception {
        List<DayProcess> all = new ArrayList<>();
        try (DayShop shop = new DayShop();
                DayDatabase database = new DayDatabase(directory, FreePort.take())) {
            try {
                for (int i = 1; i <= 2; i++) {
                    replica(database, i);
                    gateway(i);
                }
                all.addAll(replicas);
                all.addAll(gateways);
                for (DayProcess process : all) {
                    process.start();
                }
                live(shop, new DayFaults(all, database, new Random(SEED)));
            } finally {
                for (DayProcess process : all) {
                    process.close();
                }
            }
            whole(database);
        }
    }

    private void replica(DayDatabase database, int number) throws IOException {
        int port = FreePort.take();
        var store = database.store();
        urls.add("http://127.0.0.1:" + port);
        replicas.add(new DayProcess(
                "replica-" + number,
                directory,
                DayControl.class,
                Integer.toString(port),
                store.url(),
                store.user(),
                store.password()));
    }

    private void gateway(int number) throws IOException {
        Path home = Files.createDirectory(directory.resolve("gateway-" + number));
        StringBuilder listeners = new StringBuilder();
        for (String service : DayShop.SERVICES) {
            int port = FreePort.take();
            ports.add(port);
            listeners.append("  - {name: %1$s, address: \"127.0.0.1:%2$d\", trust: external, service: %1$s}%n"
                    .formatted(service, port));
        }
        Path file = Files.writeString(home.resolve("laneway.yaml"), """
                id: gateway-%d
                listeners:
                %sadmin: {address: "127.0.0.1:0"}
                table: {control: "%s"}
                data: %s
                threads: 1
                accessLog: off
                overload: {memory: 100%%, loopLag: 1h}
                """.formatted(
                        number, listeners, urls.get(number - 1), home.resolve("data")));
        gateways.add(new DayProcess("gateway-" + number, directory, DayGateway.class, file.toString()));
    }

    @SuppressWarnings("try") // what closes may be interrupted
    private void live(DayShop shop, DayFaults faults) throws Exception {
        DayClient client = new DayClient(urls);
        await().atMost(LONG)
                .until(() -> client.call("PUT", "/v1/table", shop.table()).done());
        DayPlans plans = new DayPlans(client, shop, new Random(SEED), over::get);
        List<Thread> actors = List.of(
                actor("plans", plans::run),
                actor("writer-a", () -> write(client, "a")),
                actor("writer-b", () -> write(client, "b")));
        long end = System.nanoTime() + LENGTH.toNanos();
        try (DayTraffic traffic = new DayTraffic(ports)) {
            await().atMost(LONG).until(() -> traffic.answered() > 100);
            actors.forEach(Thread::start);
            while (System.nanoTime() < end) {
                faults.some(12_000);
                if (FAULTS) {
                    faults.one();
                }
                faults.revive();
            }
            over.set(true);
            for (Thread actor : actors) {
                actor.join();
            }
            System.out.printf(
                    "day: seed %d, %d requests, %d answered changes, plans %s, faults %s%n",
                    SEED, traffic.answered(), answered.size(), plans.ends(), faults.done());
        }
        assertThat(plans.wrong()).as("plans judged wrong, seed %d", SEED).isEmpty();
        assertThat(client.wrong())
                .as("answers that no fault excuses, seed %d", SEED)
                .isEmpty();
        assertThat(plans.ends()).as("plans that ended, seed %d", SEED).isNotEmpty();
        together(client);
    }

    private interface Act {
        void once() throws InterruptedException;
    }

    private Thread actor(String name, Act act) {
        return new Thread(
                () -> {
                    try {
                        while (!over.get()) {
                            act.once();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "day-" + name);
    }

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    private void write(DayClient client, String writer) throws InterruptedException {
        int number = numbers.merge(writer, 1, Integer::sum);
        String lane = "w-" + writer + "-" + number;
        Answer answer = client.call("PUT", "/v1/lanes/" + lane, "{\"keep\": true}");
        if (answer.done() && answer.body().getBoolean("changed")) {
            answered.put(answer.body().getLong("revision"), "lane " + lane);
        }
        Thread.sleep(50);
    }

    /** Without faults both gateways come to the newest revision by themselves. */
    private static void together(DayClient client) {
        await().atMost(LONG).until(() -> {
            Answer store = client.call("GET", "/v1/store", null);
            Answer known = client.call("GET", "/v1/gateways", null);
            return store.done() && known.done() && together(store.body(), known.body());
        });
    }

    private static boolean together(JsonObject store, JsonObject known) {
        long newest = store.getLong("revision");
        return known.getJsonArray("gateways").stream()
                        .filter(one -> ((JsonObject) one).getLong("revision") == newest)
                        .count()
                == 2;
    }

    /** The store has every change that was answered, and its table is the sum of its history. */
    private void whole(DayDatabase database) {
        try (ControlStore store = ControlStore.open(database.store(), Clock.systemUTC())) {
            List<HistoryRow> rows = new ArrayList<>();
            store.history().between(0, Long.MAX_VALUE, rows::add);
            TableObjects sum = TableObjects.EMPTY;
            Map<Long, String> subjects = new HashMap<>();
            for (HistoryRow row : rows) {
                sum = sum.with(Bodies.readChanges(row.changes()));
                assertThat(subjects.put(row.revision(), row.subject())).isNull();
                assertThat(row.revision()).isEqualTo(subjects.size());
            }
            assertThat(answered).as("changes that were answered, seed %d", SEED).isNotEmpty();
            answered.forEach((revision, subject) -> assertThat(subjects).containsEntry(revision, subject));
            assertThat(store.revision()).isEqualTo(rows.size());
            assertThat(TableDiff.between(Bodies.objects(store.load().objects()), sum))
                    .isEmpty();
        }
    }
}
