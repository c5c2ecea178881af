package io.laneway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.table.KafkaTableSource;
import io.laneway.kafka.table.TableTopic;
import io.laneway.kafka.testkit.Broker;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableListener;
import io.laneway.router.table.delta.TableDelta;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control API's process dies between its commit and the publication, after the publication, and at random: readers
 * of the topic see exactly the revisions, in order, none twice. One death of each kind in the build, {@code -Dlaneway.outbox.deaths}
 * for more.
 */
class OutboxIT {

    private static final int DEATHS = Integer.getInteger("laneway.outbox.deaths", 3);
    private static final long SEED = Long.getLong("laneway.outbox.seed", System.nanoTime() & 0xffffff);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Reader reader = new Reader();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TableTopic topic = new TableTopic(Broker.shared().servers(), "outbox-" + UUID.randomUUID(), Map.of());
    private int lanes;

    /** A gateway's side: every revision that it was told, in order. */
    private static final class Reader implements TableListener {
        final List<Long> revisions = new CopyOnWriteArrayList<>();
        volatile LaneTable table = LaneTable.EMPTY;

        @Override
        public void snapshot(String store, LaneTable table) {
            this.table = table;
            revisions.add(table.revision());
        }

        @Override
        public void delta(String store, TableDelta delta) {
            table = delta.applyTo(table).orElseThrow(IllegalStateException::new);
            revisions.add(delta.revision());
        }

        @Override
        public void refused(List<Problem> problems) {
            revisions.add(-1L);
        }

        @Override
        public void connected(boolean connected, String detail) {
            // The broker is there all the time.
        }
    }

    @Test
    void readersSeeEveryRevisionOnceAlthoughTheControlApiDies() throws Exception {
        try (KafkaTableSource source = new KafkaTableSource(topic, new Random(1))) {
            source.start(reader);
            List<DyingControl.Death> ways = List.of(DyingControl.Death.values());
            for (int death = 0; death < DEATHS; death++) {
                dieOnce(ways.get(death % ways.size()));
            }
            Process last = start("NEVER", 0);
            try {
                String url = url(last);
                write(url);
                LaneTable wanted = published(url);
                await().atMost(Broker.patience()).until(() -> reader.table.revision() == wanted.revision());
                assertThat(TableWriter.json(reader.table)).isEqualTo(TableWriter.json(wanted));
                long first = reader.revisions.get(0);
                assertThat(reader.revisions.equals(LongStream.rangeClosed(first, wanted.revision())
                                .boxed()
                                .toList()))
                        .as("seed %d: %s", SEED, reader.revisions)
                        .isTrue();
                System.out.printf(
                        "outbox: seed %d, %d deaths, revisions %d to %d, each once%n",
                        SEED, DEATHS, first, wanted.revision());
            } finally {
                last.destroyForcibly().waitFor();
            }
        }
    }

    private void dieOnce(DyingControl.Death death) throws Exception {
        Process control = start(death.name(), 1 + random.nextInt(8));
        try {
            String url = url(control);
            if (death == DyingControl.Death.NEVER) {
                write(url);
                // The moment of the kill is what chance decides here.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
                control.destroyForcibly();
            }
            while (control.isAlive()) {
                write(url);
            }
        } catch (IOException e) {
            assertThat(control.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            control.destroyForcibly().waitFor();
        }
    }

    /** A change, answered or not. */
    private void write(String url) throws Exception {
        HttpRequest put = HttpRequest.newBuilder(URI.create(url + "/v1/lanes/l-" + lanes++))
                .timeout(Duration.ofSeconds(20))
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        http.send(put, BodyHandlers.discarding());
    }

    private LaneTable published(String url) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(URI.create(url + "/v1/table?view=published"))
                .build();
        byte[] body = http.send(get, BodyHandlers.ofByteArray()).body();
        return Objects.requireNonNull(TableReader.read(body, "", Problems.lenient()));
    }

    private Process start(String death, int atDelta) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DyingControl.class.getName()));
        command.addAll(List.of(directory.toString(), topic.servers(), topic.topic(), death, "" + atDelta));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String url(Process control) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("url ")) {
                Thread rest = new Thread(() -> out.lines().forEach(unread -> {}), "unread");
                rest.setDaemon(true);
                rest.start();
                return line.substring(4);
            }
        }
        throw new IllegalStateException("the control API did not start");
    }
}
