package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An SQLite store on a disk of its own, which fills up. Needs the right to mount a tmpfs. */
class FullDiskIT {

    private static final String DESCRIPTION = "d".repeat(1_000);

    @TempDir
    Path directory;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", directory.toString());
        assumeTrue(mounted, "may not mount a tmpfs here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", directory.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void aFullDiskIsRefusedWithItsCauseAndTheStoreIsWellAgainWithRoom() throws Exception {
        Path filler = directory.resolve("filler");
        try (TestControl control = TestControl.start(directory.resolve("data"))) {
            assertThat(lane(control, 0).status()).isEqualTo(201);
            for (int round = 0; round < 3; round++) {
                fill(filler);
                int written = untilRefused(control, "no space is left");
                JsonObject now = control.get("/v1/revisions").json();
                assertThat(now.getJsonArray("revisions").getJsonObject(0).getLong("revision"))
                        .isEqualTo(now.getLong("revision"));
                notReady(control, "no space is left");

                Files.delete(filler);

                assertThat(lane(control, 1_000 + written).status()).isIn(200, 201);
                ready(control);
            }
        }
        whole();
    }

    private static TestControl.Answer lane(TestControl control, int number) {
        return control.put("/v1/lanes/f-" + number, "{\"keep\":true,\"description\":\"" + DESCRIPTION + "\"}");
    }

    /** Writes until the disk takes no more, and then some, each of which is refused. */
    private static int untilRefused(TestControl control, String why) {
        for (int i = 0; i < 2_000; i++) {
            TestControl.Answer answer = lane(control, i);
            if (answer.status() == 503) {
                assertThat(answer.json().getString("detail")).contains(why).contains("nothing was changed");
                assertThat(answer.response().headers().firstValue("content-type"))
                        .contains("application/problem+json");
                assertThat(control.put("/v1/table", LargeTable.json()).status()).isEqualTo(503);
                return i;
            }
            assertThat(answer.status()).isIn(200, 201);
        }
        throw new AssertionError("the disk never was full");
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static void notReady(TestControl control, String why) {
        eventually(control, 503);
        assertThat(control.get("/readyz").json().getString("detail")).contains(why);
    }

    private static void ready(TestControl control) {
        eventually(control, 200);
    }

    /** What was proven a moment ago is told for a second. */
    private static void eventually(TestControl control, int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> control.get("/readyz").status() == status);
    }

    private void whole() {
        StoreConfig config = new StoreConfig.Sqlite(directory.resolve("data"));
        try (ControlStore store = ControlStore.open(config, Clock.systemUTC())) {
            TableObjects sum = TableObjects.EMPTY;
            long expected = 1;
            List<HistoryRow> rows = new ArrayList<>();
            store.history().between(0, Long.MAX_VALUE, rows::add);
            for (HistoryRow row : rows) {
                assertThat(row.revision()).isEqualTo(expected++);
                sum = sum.with(Bodies.readChanges(row.changes()));
            }
            assertThat(store.revision()).as("head and history agree").isEqualTo(expected - 1);
            assertThat(TableDiff.between(Bodies.objects(store.load().objects()), sum))
                    .isEmpty();
        }
    }
}
