package io.laneway.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl-laneway} runs laneway's commands through kubectl's port-forward. */
class KubectlPluginTest {

    static final Path PLUGIN =
            Path.of("..", "dist", "files", "kubectl", "kubectl-laneway").toAbsolutePath();

    @TempDir
    Path directory;

    private String program(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private Programs.Ended run(String kubectl, String laneway, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "KUBECTL=" + kubectl,
                "LANEWAY_BIN=" + laneway,
                "LANEWAY_KUBE_CONTEXT=staging",
                PLUGIN.toString()));
        command.addAll(List.of(words));
        return Programs.run(directory, command);
    }

    @Test
    void commandsGoThroughThePortThatIsForwardedAndTheirExitCodeComesBack() throws IOException, InterruptedException {
        String kubectl = program("kubectl", """
            echo "$@" > kubectl.said
            echo $$ > kubectl.pid
            echo 'Forwarding from 127.0.0.1:41234 -> 9900'
            exec sleep 600
            """);
        String laneway = program("laneway", """
            echo "$LANEWAY_CONTROL"
            for word in "$@"; do echo "[$word]"; done
            exit 3
            """);

        Programs.Ended ended = run(kubectl, laneway, "shift", "set", "default", "G0=20%", "--reason", "two words");

        assertThat(ended.output())
                .isEqualTo("http://127.0.0.1:41234\n[shift]\n[set]\n[default]\n[G0=20%]\n[--reason]\n[two words]\n");
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(directory.resolve("kubectl.said"))
                .hasContent("--context=staging --namespace=laneway port-forward --address=127.0.0.1"
                        + " service/laneway-control :9900");
        long pid = Long.parseLong(
                Files.readString(directory.resolve("kubectl.pid")).strip());
        ProcessHandle.of(pid).ifPresent(forward -> forward.onExit().join());
    }

    @Test
    void whatKubectlSaysOfAFailureIsShown() throws IOException, InterruptedException {
        String kubectl = program("kubectl", "echo 'error: context \"staging\" does not exist' >&2\nexit 1\n");

        Programs.Ended ended = run(kubectl, program("laneway", "echo ran\n"), "version");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output()).isEqualTo("kubectl-laneway: error: context \"staging\" does not exist\n");
    }
}
