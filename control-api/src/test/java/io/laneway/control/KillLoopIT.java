package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} at random moments under 8 concurrent writers: every answered change is there, revisions have no gap
 * and no double, and the table is the sum of its history. 2 kills of each store in the build, 200 with
 * {@code -Dlaneway.kills=200}.
 */
class KillLoopIT {

    private static final int KILLS = Integer.getInteger("laneway.kills", 2);
    private static final int WRITERS = 8;

    @TempDir
    Path directory;

    private final Random random = new Random(42);
    private final Map<Long, String> answered = new ConcurrentHashMap<>();
    private int name;

    /** The process that is killed: a control API that says its port. */
    public static final class Victim {
        public static void main(String[] args) throws InterruptedException {
            StoreConfig store = args.length == 1
                    ? new StoreConfig.Sqlite(Path.of(args[0]))
                    : new StoreConfig.Postgres(args[0], args[1], args[2]);
            ControlApi api =
                    ControlApi.start(ControlConfig.in(Path.of("unused"), 0).with(store));
            System.out.println("url " + api.url());
            Thread.currentThread().join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void losesNothingThatWasAnswered(String kind) throws Exception {
        StoreConfig.Postgres postgres = kind.equals("postgres") ? Postgres.fresh() : null;
        StoreConfig config = postgres == null ? new StoreConfig.Sqlite(directory) : postgres;
        List<String> args = postgres == null
                ? List.of(directory.toString())
                : List.of(postgres.url(), postgres.user(), postgres.password());
        for (int i = 0; i < KILLS; i++) {
            int before = answered.size();
            killOnce(args);
            assertThat(answered.size()).as("changes answered in round " + i).isGreaterThan(before);
            verify(config);
            if ((i + 1) % 20 == 0) {
                System.out.println(kind + ": " + (i + 1) + " kills, " + answered.size() + " answered changes so far");
            }
        }
        System.out.println(kind + ": " + KILLS + " kills, " + answered.size() + " answered changes, all there");
    }

    private void killOnce(List<String> args) throws Exception {
        Process victim = start(args);
        try {
            String url = url(victim);
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int first = name;
                name += 10_000;
                Thread writer = new Thread(() -> write(url, first));
                writers.add(writer);
                writer.start();
            }
            int warm = answered.size() + 5;
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> answered.size() > warm);
            // The moment of the kill is what chance decides here.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
            victim.destroyForcibly().waitFor();
            for (Thread writer : writers) {
                writer.join();
            }
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    static Process start(List<String> args) throws IOException {
        return start("128m", args);
    }

    static Process start(String heap, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName()));
        command.addAll(args);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static String url(Process victim) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("url ")) {
                return line.substring(4);
            }
        }
        throw new IllegalStateException("the control API did not start");
    }

    private void write(String url, int first) {
        try {
            for (int i = first; ; i++) {
                String lane = "k-" + i;
                TestControl.Answer answer = TestControl.send(url, "PUT", "/v1/lanes/" + lane, "{\"keep\":true}");
                if (answer.status() == 201) {
                    assertThat(answered.put(answer.revision(), "lane " + lane)).isNull();
                }
            }
        } catch (IllegalStateException e) {
            assertThat(e).as("the connection ended with the process").hasCauseInstanceOf(IOException.class);
        }
    }

    private void verify(StoreConfig config) {
        try (ControlStore store = ControlStore.open(config, Clock.systemUTC())) {
            List<HistoryRow> rows = new ArrayList<>();
            store.history().between(0, Long.MAX_VALUE, rows::add);
            TableObjects sum = TableObjects.EMPTY;
            long expected = 1;
            for (HistoryRow row : rows) {
                assertThat(row.revision()).isEqualTo(expected++);
                sum = sum.with(Bodies.readChanges(row.changes()));
            }
            assertThat(store.revision()).isEqualTo(rows.size());
            Map<Long, String> subjects = new java.util.HashMap<>();
            rows.forEach(row -> subjects.put(row.revision(), row.subject()));
            answered.forEach((revision, subject) -> assertThat(subjects).containsEntry(revision, subject));
            TableObjects stored = Bodies.objects(store.load().objects());
            assertThat(TableDiff.between(stored, sum))
                    .as("the table is the sum of its history")
                    .isEmpty();
        }
    }
}
