package io.laneway.control.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Every file below a folder of the class path, in a jar or in a directory of classes. Stateless. */
final class ResourceTree {

    private ResourceTree() {}

    /**
     * Reads them.
     *
     * @param folder such as {@code io/laneway/console}
     * @param one    a file that is in it
     * @return by name below the folder, in order; nothing where there is no such file
     */
    static Map<String, byte[]> read(ClassLoader loader, String folder, String one) {
        URL url = loader.getResource(folder + "/" + one);
        if (url == null) {
            return Map.of();
        }
        try {
            return url.openConnection() instanceof JarURLConnection jar
                    ? inJar(jar, folder + "/")
                    : inDirectory(Path.of(url.toURI()).resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url + " (expected: a file or an entry of a jar)", e);
        }
    }

    private static Map<String, byte[]> inJar(JarURLConnection connection, String folder) throws IOException {
        connection.setUseCaches(false);
        Map<String, byte[]> files = new TreeMap<>();
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        files.put(entry.getName().substring(folder.length()), in.readAllBytes());
                    }
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> inDirectory(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder)) {
            found = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : found) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return files;
    }
}
