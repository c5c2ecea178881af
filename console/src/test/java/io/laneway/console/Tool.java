package io.laneway.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program beside the build, such as node, that may not be there. */
final class Tool {

    private Tool() {}

    /** How a program ended, and all that it said. */
    record Ended(int exit, String output) {}

    static Ended run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** Whether it can be started. */
    static boolean found(String program) throws InterruptedException {
        try {
            return run(Path.of("."), List.of(program, "--version")).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
