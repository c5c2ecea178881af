package io.laneway.replay.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a path still names the file that was opened there, which may have been removed or renamed since. Immutable. */
final class FilePlace {

    private final Path path;
    private final @Nullable Object key;

    private FilePlace(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /** The file that is at the path now. */
    static FilePlace of(Path path) throws IOException {
        return new FilePlace(path, key(path));
    }

    /** Whether it is there; true where that is not known. */
    boolean isKept() {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Device and inode; null on systems that have none, where it is enough that there is a file. */
    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
