package io.laneway.gateway.traffic.filter;

import io.laneway.router.document.tree.Problem;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/**
 * A directory of jars with filters. Each jar in it has a class loader of its own, and each directory in it has one for the jars
 * that it holds. Confined to one thread.
 */
final class FilterJars implements AutoCloseable {

    private static final String JAR = "*.jar";

    private final List<Problem> problems;
    private final SharedClasses shared = new SharedClasses(FilterJars.class.getClassLoader());
    private final Map<Path, URLClassLoader> loaders = new TreeMap<>();

    /** @param problems gets what cannot be read */
    FilterJars(List<Problem> problems) {
        this.problems = problems;
    }

    /** The class loaders of a directory by jar or directory. */
    Map<Path, URLClassLoader> open(Path directory) {
        if (!Files.isDirectory(directory)) {
            problems.add(Problem.at("filters.path", directory + " is not there", "a directory of jars"));
            return loaders;
        }
        try {
            for (Path entry : entries(directory, "*")) {
                if (Files.isDirectory(entry)) {
                    open(entry, entries(entry, JAR));
                } else if (entry.toString().endsWith(".jar")) {
                    open(entry, List.of(entry));
                }
            }
        } catch (IOException e) {
            problems.add(Problem.at("filters.path", directory + " cannot be read: " + e, "a directory of jars"));
        }
        return loaders;
    }

    private static List<Path> entries(Path directory, String glob) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            found.forEach(entries::add);
        }
        entries.sort(null);
        return entries;
    }

    private void open(Path entry, List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            try {
                new ZipFile(jar.toFile()).close();
                urls.add(jar.toUri().toURL());
            } catch (IOException e) {
                problems.add(Problem.at(jar.toString(), "cannot be read: " + e.getMessage(), "a jar"));
                return;
            }
        }
        if (!urls.isEmpty()) {
            loaders.put(entry, new URLClassLoader(entry.toString(), urls.toArray(URL[]::new), shared));
        }
    }

    @Override
    public void close() {
        for (URLClassLoader loader : loaders.values()) {
            try {
                loader.close();
            } catch (IOException e) {
                // the process ends, or what it was opened for was refused
            }
        }
    }
}
