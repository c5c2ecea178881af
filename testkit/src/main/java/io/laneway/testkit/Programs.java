package io.laneway.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the system, such as node, that may not be there. Stateless. */
public final class Programs {

    private Programs() {}

    /** How a program ended, and all that it said. Immutable. */
    public record Ended(int exit, String output) {}

    /** The program of this path, or of this name on the {@code PATH}. */
    public static Optional<Path> find(String name) {
        Path given = Path.of(name);
        if (given.isAbsolute()) {
            return Optional.of(given).filter(Files::isExecutable);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Whether there is one. */
    public static boolean has(String name) {
        return find(name).isPresent();
    }

    /** A browser with the DevTools protocol: that of {@code LANEWAY_CHROMIUM}, or one on the {@code PATH}. */
    public static Optional<Path> chromium() {
        String given = System.getenv("LANEWAY_CHROMIUM");
        return given != null
                ? Optional.of(Path.of(given))
                : find("chromium").or(() -> find("chromium-browser")).or(() -> find("google-chrome"));
    }

    /** Runs a command in a directory, without standard input, and waits until it ends. */
    public static Ended run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /**
     * Ends a process with all that it started, such as the program that {@code go run} has built, and waits for it. What is
     * left would keep the output of the tests open, and a build waits for that.
     */
    public static void end(Process process) throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        started.forEach(ProcessHandle::destroy);
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
