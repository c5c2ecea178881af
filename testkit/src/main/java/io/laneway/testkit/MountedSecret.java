package io.laneway.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A directory as the kubelet mounts a Secret: its files are links through {@code ..data}, a link that is exchanged when the
 * Secret changes. Confined to one thread.
 */
public final class MountedSecret {

    private final Path directory;
    private int version;

    /** @param directory that does not exist */
    public MountedSecret(Path directory) throws IOException {
        this.directory = Files.createDirectory(directory);
    }

    /** Exchanges all files at once. */
    public void put(Map<String, String> files) throws IOException {
        version++;
        Path whole = Files.createDirectory(directory.resolve("..version-" + version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(whole.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), whole.getFileName());
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        for (String name : files.keySet()) {
            if (!Files.isSymbolicLink(file(name))) {
                Files.createSymbolicLink(file(name), Path.of("..data", name));
            }
        }
    }

    /** A file of it. */
    public Path file(String name) {
        return directory.resolve(name);
    }
}
