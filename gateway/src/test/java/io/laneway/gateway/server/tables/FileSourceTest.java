package io.laneway.gateway.server.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.router.codec.TableWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {

    @TempDir
    Path dir;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private FileSource start(Path file) {
        FileSource source = new FileSource(file, thread);
        source.start(listener);
        return source;
    }

    private static void write(Path file, long revision, String... lanes) throws Exception {
        Files.write(file, TableWriter.json(Tables.table(revision, lanes)));
    }

    @Test
    void deliversTheFileAndThenItsChanges() throws Exception {
        Path file = dir.resolve("lanes.json");
        write(file, 3);
        start(file);
        await().until(() -> listener.revisions().equals("3"));

        write(file, 4, "f-1");

        await().until(() -> listener.revisions().equals("3 4"));
    }

    @Test
    void countsRevisionsOfFilesThatNameNone() throws Exception {
        Path file = dir.resolve("lanes.yaml");
        Files.writeString(file, "services: []\n");
        start(file);
        await().until(() -> listener.revisions().equals("1"));

        Files.writeString(file, "lanes: [{name: f-1}]\n");

        await().until(() -> listener.revisions().equals("1 2"));
    }

    /** As a file that was cut off, or whose template had nothing to say. */
    @ParameterizedTest
    @ValueSource(strings = {"lanes: [{name: f-1}]\n", "lanes: []\nservices:\n", "services: null\n", "{}\n"})
    void aFileThatLosesItsServicesIsRefusedUnlessItSaysSo(String rest) throws Exception {
        Path file = dir.resolve("lanes.yaml");
        Files.writeString(file, "services: [{name: app}, {name: pay}]\n");
        start(file);
        await().until(() -> listener.revisions().equals("1"));

        Files.writeString(file, rest);
        await().until(() -> !listener.refused.isEmpty());
        assertThat(listener.refused.get(0)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("services");
            assertThat(problem.what()).isEqualTo("missing, the table before had 2");
            assertThat(problem.expected()).isEqualTo("services: [] for none");
        });
        assertThat(listener.revisions()).isEqualTo("1");

        Files.writeString(file, "services: []\n");
        await().until(() -> listener.revisions().equals("1 2"));
    }

    /** By a link too, and for good: the source looks on, and takes the file that replaces it. */
    @ParameterizedTest
    @ValueSource(strings = {"a pipe", "a link to a pipe", "a directory", "/dev/zero"})
    void whatIsNoRegularFileIsNotOpened(String kind) throws Exception {
        Path file = dir.resolve("lanes.json");
        Path pipe = dir.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        write(file, 3);
        start(file);
        await().until(() -> listener.revisions().equals("3"));

        Files.delete(file);
        switch (kind) {
            case "a pipe" -> Files.move(pipe, file);
            case "a link to a pipe" -> Files.createSymbolicLink(file, pipe);
            case "a directory" -> Files.createDirectory(file);
            default -> Files.createSymbolicLink(file, Path.of(kind));
        }
        await().untilAsserted(() ->
                assertThat(listener.connection).startsWith("false").contains("(expected: a regular file)"));

        Path fresh = dir.resolve("fresh");
        write(fresh, 4);
        Files.delete(file);
        Files.move(fresh, file);
        await().until(() -> listener.revisions().equals("3 4"));
        assertThat(listener.connection).startsWith("true");
    }

    @Test
    void seesARenameAsEditorsDo() throws Exception {
        Path file = dir.resolve("lanes.json");
        write(file, 3);
        start(file);
        await().until(() -> listener.revisions().equals("3"));

        Path other = dir.resolve("lanes.json.swp");
        write(other, 5);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        await().until(() -> listener.revisions().equals("3 5"));
    }

    @Test
    void seesTheSwapOfASymlinkAsConfigMapsDo() throws Exception {
        Path one = Files.createDirectory(dir.resolve("..1"));
        Path two = Files.createDirectory(dir.resolve("..2"));
        write(one.resolve("lanes.json"), 3);
        write(two.resolve("lanes.json"), 4);
        Path data = Files.createSymbolicLink(dir.resolve("..data"), one);
        Path file = Files.createSymbolicLink(dir.resolve("lanes.json"), data.resolve("lanes.json"));
        start(file);
        await().until(() -> listener.revisions().equals("3"));

        Path fresh = Files.createSymbolicLink(dir.resolve("..data_tmp"), two);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        await().until(() -> listener.revisions().equals("3 4"));
    }

    @Test
    void refusesABrokenFileWithAllItsProblems() throws Exception {
        Path file = dir.resolve("lanes.yaml");
        Files.writeString(file, "lanes: [{name: f-1, colour: red}]\nbases: x\n");
        start(file);

        await().until(() -> !listener.refused.isEmpty());
        assertThat(listener.refused.get(0))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.file()).isEqualTo(file.toString()));
        assertThat(listener.revisions()).isEmpty();
    }

    @Test
    void waitsForAFileThatIsNotThereYet() throws Exception {
        Path file = dir.resolve("lanes.json");
        start(file);
        await().until(() -> listener.connection.startsWith("false"));

        write(file, 3);

        await().until(() -> listener.revisions().equals("3"));
        assertThat(listener.connection).startsWith("true");
    }

    @Test
    void looksNoMoreWhenClosed() throws Exception {
        Path file = dir.resolve("lanes.json");
        write(file, 3);
        FileSource source = start(file);
        await().until(() -> listener.revisions().equals("3"));
        source.close();
        thread.shutdown();

        assertThat(thread.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }
}
