package io.laneway.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What imports print and how they end. */
class ImportCommandTest {

    private static final String LOSSY = """
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: 9901}}}
        virtual_hosts:
          - name: web
            domains: ["*"]
            routes:
              - {match: {prefix: /}, route: {cluster: web}}
        clusters:
          - {name: web, load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address:
              {socket_address: {address: web, port_value: 80}}}}]}]}}
        """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("envoy.yaml"), LOSSY);
    }

    @Test
    void aLineThatIsNotTakenIsNamedAndLeavesNoTable() {
        assertThat(run("import", "envoy", file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("not taken: " + file + ":1: admin: ")
                .contains("--allow-partial");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aPartIsPrintedWhereThatIsAllowed() {
        assertThat(run("import", "envoy", "--allow-partial", file.toString())).isZero();
        assertThat(err.toString()).contains("not taken: " + file + ":1: admin: ");
        assertThat(out.toString()).contains("service: web");
    }

    @Test
    void whatIsGuardedIsClosedUnlessItsGuardIsElsewhere() throws IOException {
        Path nginx = Files.writeString(folder.resolve("nginx.conf"), """
            server {
                location / {
                    auth_basic "staff";
                    proxy_set_header Host $host;
                    proxy_pass http://10.0.0.1;
                }
            }
            """);
        assertThat(run("import", "nginx", "--allow-partial", nginx.toString())).isZero();
        assertThat(out.toString()).contains("status: 403").doesNotContain("10.0.0.1");
        assertThat(err.toString()).contains("not taken: " + nginx + ":3: ");

        assertThat(run("import", "nginx", "--allow-partial", "--guards-elsewhere", nginx.toString()))
                .isZero();
        assertThat(out.toString()).contains("10.0.0.1:80");
    }

    @Test
    void aSourceThatIsNotKnownIsWrongUsage() {
        assertThat(run("import")).isEqualTo(2);
        assertThat(err.toString()).contains("envoy");
        assertThat(run("import", "envoy", "--carrier", "x-env", file.toString()))
                .isEqualTo(2);
    }

    private int run(String... words) {
        CommandLine command = Laneway.commandLine(words);
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(words);
    }
}
