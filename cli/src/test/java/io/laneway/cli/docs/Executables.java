package io.laneway.cli.docs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of the system. Stateless. */
final class Executables {

    private Executables() {}

    /** Whether a program of this name is on the {@code PATH}. */
    static boolean onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
