package io.laneway.router.access;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Directories of mode 0700 and files of mode 0600, whatever the umask is, and whether they are new or not. File systems
 * without POSIX permissions are left as they are. Stateless.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final int STICKY = 01000;

    private PrivateFiles() {}

    /**
     * Makes a directory private, and makes it where it is missing. One that is shared by design (a sticky one, such as
     * {@code /tmp}) keeps its mode, and so does one of another user.
     *
     * @return whether it is private now
     */
    public static boolean directory(Path directory) throws IOException {
        if (!posix(directory)) {
            Files.createDirectories(directory);
            return false;
        }
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(directory)) {
                    throw e;
                }
            }
        }
        boolean sticky = ((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
        return !sticky && set(directory, DIRECTORY);
    }

    /**
     * Makes a file private, and makes it where it is missing.
     *
     * @return whether it is private now
     */
    public static boolean file(Path file) throws IOException {
        try {
            Files.createFile(file, created(file));
        } catch (FileAlreadyExistsException e) {
            return posix(file) && set(file, FILE);
        }
        return posix(file) && set(file, FILE);
    }

    /**
     * Makes a file private if it is there.
     *
     * @return whether there is none, or it is private now
     */
    public static boolean existing(Path file) throws IOException {
        return !Files.exists(file) || (posix(file) && set(file, FILE));
    }

    /** What a private file is made with, so that it is never seen with another mode. */
    public static FileAttribute<?>[] created(Path file) {
        return posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
                : new FileAttribute<?>[0];
    }

    private static boolean set(Path path, Set<PosixFilePermission> wanted) throws IOException {
        if (Files.getPosixFilePermissions(path).equals(wanted)) {
            return true;
        }
        try {
            Files.setPosixFilePermissions(path, wanted);
            return true;
        } catch (IOException e) {
            // Another user owns it, as with volumes that Kubernetes mounts for a group.
            return false;
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
