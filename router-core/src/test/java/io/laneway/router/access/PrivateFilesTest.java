package io.laneway.router.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    Path directory;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void whatIsMadeIsPrivateAndItsParentsAreAsUsual() throws IOException {
        Path data = directory.resolve("a/b/data");
        assertThat(PrivateFiles.directory(data)).isTrue();
        assertThat(PrivateFiles.file(data.resolve("x"))).isTrue();
        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(data.resolve("x"))).isEqualTo("rw-------");
        assertThat(mode(directory.resolve("a"))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void whatIsThereBecomesPrivateAndKeepsItsContent() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path file = Files.writeString(data.resolve("x"), "kept");
        mode(data, "rwxrwxr-x");
        mode(file, "rw-rw-r--");
        assertThat(PrivateFiles.directory(data)).isTrue();
        assertThat(PrivateFiles.file(file)).isTrue();
        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("kept");
        assertThat(PrivateFiles.existing(data.resolve("missing"))).isTrue();
        assertThat(data.resolve("missing")).doesNotExist();
    }

    @Test
    void aDirectoryThatUsersShareKeepsItsMode() throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 01777);
        assertThat(PrivateFiles.directory(shared)).isFalse();
        assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
    }
}
