package io.laneway.cli.docs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of the system. Stateless. */
final class Executables {

    private Executables() {}

    /** Whether there is a program of this path, or of this name on the {@code PATH}. */
    static boolean has(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Files.isExecutable(Path.of(name))
                || Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
