package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlConfig.Listen;
import io.laneway.control.auth.Role;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.testkit.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control API without any token: who reaches it, and who reads its files. */
class OpenModeIT {

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path old = Files.createFile(data.resolve("control.db"));
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-r--"));
        control = TestControl.start(ControlConfig.in(data, 0)
                .with(new StoreConfig.Sqlite(data))
                .with(new Listen("127.0.0.1", 0, null, List.of("laneway.internal"))));
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private String raw(String target, String headers) throws IOException {
        return RawHttp.get(control.api().port(), target, headers);
    }

    @Test
    void namesOfThisMachineAreAnswered() throws IOException {
        for (String host : List.of("localhost:9900", "127.0.0.1", "127.8.8.8:1", "[::1]:9900", "Laneway.Internal")) {
            assertThat(raw("/v1/table", "Host: " + host)).as(host).startsWith("HTTP/1.1 200");
        }
        assertThat(raw("http://localhost/v1/table", "Host: 127.0.0.1")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aNameThatAStrangerCanOwnIsNot() throws IOException {
        for (String host : List.of(
                "127.evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil",
                "evil.localhost",
                "localhost.",
                "a@localhost",
                "localhost@evil.example",
                "[::1].evil.example",
                "10.1.2.3",
                "127.1",
                "")) {
            assertThat(raw("/v1/table", "Host: " + host)).as(host).containsPattern("^HTTP/1.1 40[03]");
        }
        assertThat(raw("http://evil.example/v1/table", "Host: localhost")).startsWith("HTTP/1.1 403");
        assertThat(raw("http://localhost@evil.example/v1/table", "Host: localhost"))
                .containsPattern("^HTTP/1.1 40[03]");
    }

    @Test
    void aRequestNamesOneHostWhoeverAsks() throws IOException {
        assertThat(raw("/v1/table", "Host: localhost\r\nHost: evil.example")).startsWith("HTTP/1.1 400");
        assertThat(raw("/v1/table", "Accept: */*")).startsWith("HTTP/1.1 400");
        String secret = control.api().tokens().make("ada", Role.ADMIN, "", null).secret();
        control.api().parts().authenticator().refresh();
        String bearer = "\r\nAuthorization: Bearer " + secret;
        assertThat(raw("/v1/table", "Host: evil.example" + bearer))
                .as("who has a token may use any name")
                .startsWith("HTTP/1.1 200");
        assertThat(raw("/v1/table", "Host: localhost\r\nHost: localhost" + bearer))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void whatIsKeptIsReadByItsUserAlone() throws IOException {
        control.put("/v1/lanes/f-1", "{}");
        control.api().store().backup(directory.resolve("backup.db"));
        assertThat(mode(directory.resolve("data"))).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("backup.db"))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            assertThat(files)
                    .extracting(path -> path.getFileName() + " " + mode(path))
                    .containsExactlyInAnyOrder(
                            "control.db rw-------",
                            "control.db-shm rw-------",
                            "control.db-wal rw-------",
                            "lock rw-------");
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
