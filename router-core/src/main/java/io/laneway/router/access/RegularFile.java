package io.laneway.router.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that are read again when they change. A pipe or a device in place of one would keep its
 * reader waiting for ever, or hand it bytes without end; what symbolic links lead to counts. Stateless.
 */
public final class RegularFile {

    private RegularFile() {}

    /**
     * The bytes of a file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it is of another kind, or cannot be read
     */
    public static byte[] bytes(Path file) throws IOException {
        require(file);
        return Files.readAllBytes(file);
    }

    /**
     * Refuses what is of another kind, without opening it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static void require(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            String kind = attributes.isDirectory() ? "a directory" : "a pipe, socket or device";
            throw new IOException(file + " is " + kind + " (expected: a regular file)");
        }
    }
}
