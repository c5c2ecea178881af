package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.form.RecordedExchange;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway that records in a process of its own, to be killed. */
final class RecordedProgram implements AutoCloseable {

    private final Path directory;
    private final Process process;
    private final int port;

    private RecordedProgram(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    static RecordedProgram start(Path directory, String table) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.writeString(directory.resolve("table.yaml"), table);
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordedProgram.class.getName(),
                        directory.toString(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("port ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the gateway did not start");
        }
        return new RecordedProgram(directory, process, Integer.parseInt(line.substring("port ".length())));
    }

    int port() {
        return port;
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(5, TimeUnit.SECONDS).join();
    }

    List<RecordedExchange> recorded() throws IOException {
        return RecordedGateway.recorded(directory);
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws IOException {
        RecordedGateway gateway = new RecordedGateway(Path.of(args[0]), Files.readString(Path.of(args[1])));
        System.out.println("port " + gateway.edgePort());
    }
}
