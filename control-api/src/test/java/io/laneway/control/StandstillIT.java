package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that is stopped while it writes, and a disk that gives errors, each with a real process. One stop in the
 * build, {@code -Dlaneway.stops=N} for more.
 */
class StandstillIT {

    private static final int STOPS = Integer.getInteger("laneway.stops", 1);

    @TempDir
    Path directory;

    private final AtomicInteger written = new AtomicInteger();

    @Test
    void aStoppedReplicaStopsNoOtherForLongAndGoesOnByItself() throws Exception {
        StoreConfig.Postgres store = Postgres.fresh();
        Process victim = KillLoopIT.start(List.of(store.url(), store.user(), store.password()));
        try (TestControl control =
                TestControl.start(ControlConfig.in(directory, 0).with(store))) {
            String url = KillLoopIT.url(victim);
            Thread writer = new Thread(() -> write(url));
            writer.start();
            for (int i = 0; i < STOPS; i++) {
                int before = written.get();
                await().atMost(Duration.ofMinutes(1)).until(() -> written.get() > before + 20);
                signal(victim, "-STOP");
                for (int n = 0; n < 3; n++) {
                    long start = System.nanoTime();
                    assertThat(control.put("/v1/lanes/a-" + i + "-" + n, "{}").status())
                            .isEqualTo(201);
                    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                            .isLessThan(10);
                }
                signal(victim, "-CONT");
                // What it answers holds what was written while it stood.
                assertThat(TestControl.send(url, "GET", "/v1/lanes/a-" + i + "-2", null)
                                .status())
                        .isEqualTo(200);
            }
            victim.destroyForcibly().waitFor();
            writer.join();
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private void write(String url) {
        try {
            for (int i = 0; ; i++) {
                int status =
                        TestControl.send(url, "PUT", "/v1/lanes/w-" + i, "{}").status();
                assertThat(status).isIn(200, 201, 503);
                written.incrementAndGet();
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aDiskThatGivesErrorsIsRefusedAndTheStoreIsWellAgain() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "no prlimit here");
        Process victim = KillLoopIT.start(List.of(directory.toString()));
        try {
            String url = KillLoopIT.url(victim);
            assertThat(TestControl.send(url, "PUT", "/v1/lanes/f-1", "{}").status())
                    .isEqualTo(201);
            // Each write beyond this size gives EFBIG, which SQLite takes for a broken disk.
            limit(victim, "1000");
            TestControl.Answer refused = TestControl.send(url, "PUT", "/v1/lanes/f-2", "{}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().getString("detail")).contains("the disk of the store cannot be read or written");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> TestControl.send(url, "GET", "/readyz", null).status() == 503);
            assertThat(TestControl.send(url, "GET", "/v1/lanes/f-2", null).status())
                    .isEqualTo(404);

            limit(victim, "unlimited");

            TestControl.Answer made = TestControl.send(url, "PUT", "/v1/lanes/f-2", "{}");
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.revision()).isEqualTo(2);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> TestControl.send(url, "GET", "/readyz", null).status() == 200);
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private static void limit(Process victim, String bytes) throws Exception {
        run("prlimit", "--pid", Long.toString(victim.pid()), "--fsize=" + bytes + ":unlimited");
    }

    private static void signal(Process victim, String signal) throws Exception {
        run("kill", signal, Long.toString(victim.pid()));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
