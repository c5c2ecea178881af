package io.laneway.cli.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laneway.cli.Main;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code laneway tail} as a process, in front of a control API that sends records. */
class TailCommandIT {

    private static final String RECORD = "{\"gateway\":\"gw\",\"service\":\"order\",\"lane\":\"master\","
            + "\"lane_requested\":\"f-1\",\"decision\":\"fallback_absent\",\"response_code\":503,"
            + "\"response_flags\":\"UH\",\"duration\":7,\"method\":\"GET\",\"path\":\"/o\\u001b[2J\","
            + "\"x_request_id\":\"r-1\",\"start_time\":\"2026-12-01T08:00:00.123Z\"}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Process> started = new ArrayList<>();
    private volatile boolean ends;
    private volatile boolean refuses;
    private HttpServer control;

    @BeforeEach
    void start() throws IOException {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void serve(InetSocketAddress address) throws IOException {
        control = HttpServer.create(address, 0);
        control.setExecutor(threads);
        control.createContext("/v1/tail", this::tail);
        control.start();
    }

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        control.stop(0);
        threads.shutdownNow();
    }

    /** Records until the reader leaves, or two of them. */
    private void tail(HttpExchange exchange) throws IOException {
        if (refuses && !asked.isEmpty()) {
            byte[] problem = "{\"detail\":\"the token is revoked\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
            return;
        }
        asked.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            event(out, "open", "{\"asked\":[\"gw\"],\"missing\":[{\"gateway\":\"old\",\"why\":\"is too old\"}]}");
            event(out, "dropped", "{\"dropped\":5,\"total\":5}");
            for (int i = 0; !ends || i < 2; i++) {
                event(out, "record", RECORD);
                TimeUnit.MILLISECONDS.sleep(ends ? 0 : 2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void event(OutputStream out, String name, String data) throws IOException {
        out.write((": comment\n\nevent: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Process run(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "tail",
                "--control",
                "http://127.0.0.1:" + control.getAddress().getPort()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static BufferedReader reader(java.io.InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Test
    void aPipeGetsALineOfJsonForEachRecordAndAnInterruptionEndsItWell() throws Exception {
        Process process = run("--lane", "f-1", "--status", "5xx,404", "--share", "1%");
        BufferedReader out = reader(process.getInputStream());
        assertThat(new JsonObject(out.readLine())).isEqualTo(new JsonObject(RECORD));
        assertThat(asked).containsExactly("lane=f-1&status=5xx%2C404&share=1%25");
        BufferedReader notes = reader(process.getErrorStream());
        assertThat(notes.readLine()).isEqualTo("old is too old");
        assertThat(notes.readLine()).isEqualTo("5 more requests were not shown");

        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        var unused = threads.submit(() -> out.lines().count());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aReaderThatGoesEndsItWell() throws Exception {
        Process process = run();
        BufferedReader out = reader(process.getInputStream());
        out.readLine();
        out.close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aPersonGetsALineWithoutWhatMovesTheCursorAndIsToldWhyItIsRefusedAfterAnEnd() throws Exception {
        ends = true;
        refuses = true;
        Process process = run("-o", "table");
        BufferedReader out = reader(process.getInputStream());
        assertThat(out.readLine())
                .isEqualTo("08:00:00.123 gw order f-1 > master fallback_absent 503 UH 7ms GET /o?[2J r-1");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(reader(process.getErrorStream()).lines())
                .anyMatch(line -> line.contains("ended the tail"))
                .anyMatch(line -> line.contains("401 the token is revoked"));
    }

    @Test
    void aControlApiThatRestartsIsReadAgainAndTheGapIsSaidOnce() throws Exception {
        Process process = run();
        BufferedReader out = reader(process.getInputStream());
        BufferedReader notes = reader(process.getErrorStream());
        out.readLine();
        InetSocketAddress address = control.getAddress();
        control.stop(0);
        var unused = threads.submit(() -> out.lines().count());
        notes.readLine();
        notes.readLine();
        assertThat(notes.readLine()).startsWith("the tail broke and is begun again: ");

        serve(address);
        assertThat(notes.readLine()).isEqualTo("old is too old");
        assertThat(process.isAlive()).isTrue();
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatNoTailCanShowIsWrongUsage() throws Exception {
        for (List<String> words : List.of(List.of("--status", "9xx"), List.of("--share", "x"), List.of("--lane", ""))) {
            Process process = run(words.toArray(String[]::new));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(words.toString()).isEqualTo(2);
            assertThat(asked).isEmpty();
        }
    }
}
