package io.laneway.replay.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files and directories that only their owner can read and write (0600, where there are such modes). Stateless.
 */
public final class OwnerFile {

    private OwnerFile() {}

    /** A new file, to be written; there must be none of that name. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), mode("rw-------"));
    }

    /** Makes a directory and those above it, where they are not there: 0700, as far as they are new. */
    public static void directories(Path directory) throws IOException {
        Files.createDirectories(directory, mode("rwx------"));
    }

    private static FileAttribute<?>[] mode(String mode) {
        boolean modes = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return modes
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
