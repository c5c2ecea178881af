package io.laneway.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.testkit.FreePort;
import io.laneway.testkit.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real server, without a file of data. Confined to one thread. */
final class RedisProcess implements AutoCloseable {

    private final Path directory;
    private final List<String> settings;
    private final int port = FreePort.take();
    private Process process;

    RedisProcess(Path directory, String... settings) throws IOException {
        this.directory = directory;
        this.settings = List.of(settings);
        this.process = start();
    }

    /** The test is left out where there is no server to be run. */
    static void assumeInstalled() {
        assumeTrue(program().isPresent(), "skipped: neither redis-server nor valkey-server is on the PATH");
    }

    private static Optional<Path> program() {
        return Programs.find("redis-server").or(() -> Programs.find("valkey-server"));
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
        if (settings.isEmpty() || !settings.get(0).equals("--tls-port")) {
            command.addAll(List.of("--port", Integer.toString(port)));
        }
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        settings.forEach(each -> command.add(each.replace("PORT", Integer.toString(port))));
        Process started = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains("eady to accept connections")) {
                return started;
            }
        }
        throw new IllegalStateException(said.toString());
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void restart() throws IOException {
        process = start();
    }

    /** Stops it so that it neither responds nor closes connections; and lets it continue. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
