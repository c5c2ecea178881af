package io.laneway.cli.day;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this class path that is killed, stopped, continued and started again. Confined to one thread. */
@SuppressWarnings("try") // what closes may be interrupted
final class DayProcess implements AutoCloseable {

    private final String name;
    private final List<String> command;
    private final File log;
    private Process process;

    DayProcess(String name, Path directory, Class<?> main, String... args) {
        this.name = name;
        this.log = directory.resolve(name + ".log").toFile();
        command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
    }

    void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** {@code SIGSTOP}. */
    void pause() throws Exception {
        signal("-STOP", process.pid());
    }

    /** {@code SIGCONT}. */
    void resume() throws Exception {
        signal("-CONT", process.pid());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The end of its log. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log.toPath());
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    static void signal(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            kill();
        }
    }
}
