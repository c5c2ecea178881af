package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole tables by commands: directories, pruning, backups. */
@Timeout(60)
class TableCommandsIT extends RemoteCommands {

    @Test
    void aFileOfADirectoryIsNamedWithWhatIsWrongInIt() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Files.writeString(parts.resolve("a.yaml"), "lanes: [{name: f-2}]");
        Files.writeString(parts.resolve("b.toml"), "lanes = []");
        assertThat(run("table", "apply", "-f", parts.toString())).isZero();
        assertThat(err.toString()).contains("b.toml: left out");
        Files.writeString(parts.resolve("c.json"), "{\"lane\": []}");
        assertThat(run("table", "apply", "-f", parts.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("c.json: lane: unknown key");
    }

    @Test
    void aDirectoryIsAppliedAsOneTableAndPruneDeletesTheRest() throws IOException {
        Path parts = Files.createDirectories(folder.resolve("parts/more"));
        Files.writeString(parts.resolve("lanes.yaml"), "lanes: [{name: G0}, {name: f-2}]\n");
        Files.writeString(
                parts.resolve("../services.json"),
                "{\"services\": [{\"name\": \"stock\", \"deployments\": [{\"lane\": \"master\","
                        + " \"endpoints\": [\"127.0.0.1:9004\"]}]}]}");
        String directory = folder.resolve("parts").toString();

        assertThat(run("table", "diff", "-f", directory)).isEqualTo(1);
        assertThat(out.toString())
                .contains("lane f-2: added", "service stock: added")
                .doesNotContain("f-1");
        assertThat(run("table", "apply", "-f", directory)).isZero();
        assertThat(run("table", "diff", "-f", directory)).isZero();
        assertThat(run("table", "diff", "-f", directory, "--prune")).isEqualTo(1);
        assertThat(out.toString()).contains("lane f-1: removed", "service order: removed");
        assertThat(run("table", "apply", "-f", directory, "--prune")).isZero();
        assertThat(json("lanes", "list")).contains("f-2").doesNotContain("f-1");
    }

    @Test
    void whatGetPrintsIsTheSameTableAndPruneNamesWhatItRemoves() throws IOException {
        Path more = Files.writeString(folder.resolve("more.yaml"), """
            carriers: {header: [x-lane]}
            routes: [{hosts: [a.test], service: order}]
            """);
        assertThat(run("table", "apply", "-f", more.toString()))
                .as(err::toString)
                .isZero();
        assertThat(run("record", "start", "rec", "--service", "order")).isZero();
        run("table", "get");
        Path file = Files.writeString(folder.resolve("got.yaml"), out.toString());
        for (String[] prune : new String[][] {{}, {"--prune"}}) {
            List<String> words = new ArrayList<>(List.of("table", "apply", "-f", file.toString()));
            words.addAll(List.of(prune));
            assertThat(run(words.toArray(String[]::new))).as(err::toString).isZero();
            assertThat(out.toString()).startsWith("nothing changed");
            assertThat(err.toString()).isEmpty();
        }

        assertThat(run("table", "diff", "--prune", "-f", file.toString()))
                .as(out::toString)
                .isZero();
        Files.writeString(file, "lanes: [{name: G0}]\n");
        assertThat(run("table", "apply", "--prune", "-f", file.toString())).isZero();
        assertThat(err.toString().lines())
                .contains(
                        "removes lane f-1",
                        "removes service order",
                        "removes shift default",
                        "removes recording rec",
                        "removes route {\"hosts\":[\"a.test\"],\"path\":\"/\",\"service\":\"order\"}",
                        "changes carriers");
        assertThat(out.toString()).startsWith("changed, revision ");
    }

    @Test
    void aBackupOfARunningApiIsAPrivateFileThatRestoreTakes() throws IOException {
        Path file = folder.resolve("copy.db");
        assertThat(run("control", "backup", file.toString())).as(err::toString).isZero();
        assertThat(out.toString()).contains("written: " + file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run("control", "backup", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("expected: a new file");
        assertThat(run(
                        "control",
                        "backup",
                        "--data",
                        "x",
                        folder.resolve("b.db").toString()))
                .isEqualTo(2);
        String[] restore = {
            "control", "restore", "--data", folder.resolve("other").toString(), file.toString()
        };
        assertThat(Laneway.commandLine(restore).execute(restore)).isZero();
    }

    @Test
    void aBackupThatIsRefusedLeavesNoFile() {
        json("tokens", "create", "ada", "--role", "admin");
        Path file = folder.resolve("none.db");
        assertThat(run("control", "backup", file.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("laneway: 401 ");
        assertThat(file).doesNotExist();
    }
}
