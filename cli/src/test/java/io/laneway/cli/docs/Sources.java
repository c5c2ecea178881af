package io.laneway.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words of the program's own sources, for what cannot be asked of the running program. Stateless. */
final class Sources {

    private static final List<String> PROGRAM =
            List.of("gateway", "control-api", "xds", "k8s", "kafka", "replay", "cli");

    private Sources() {}

    /** The first group of every place where the pattern is found, over lines that the condition takes. */
    static Set<String> find(Predicate<String> lines, Pattern pattern) {
        Set<String> all = new TreeSet<>();
        PROGRAM.forEach(module -> files(Page.ROOT.resolve(module).resolve("src/main/java")).stream()
                .flatMap(file -> read(file).stream())
                .filter(lines)
                .forEach(line -> pattern.matcher(line).results().forEach(found -> all.add(found.group(1)))));
        return all;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
