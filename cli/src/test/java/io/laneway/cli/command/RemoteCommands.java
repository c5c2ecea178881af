package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A control API of its own with a table, and commands that call it. Confined to one thread. */
class RemoteCommands {

    private static final String TABLE = """
        lanes: [{name: G0}, {name: f-1}]
        services:
          - name: order
            deployments:
              - {lane: master, endpoints: ["127.0.0.1:9001"]}
              - {lane: G0, endpoints: ["127.0.0.1:9003"]}
        shifts:
          - {name: default, tenant: [{header: x-tenant-id}], environments: [{lane: G0, share: "0%"}]}
        """;

    @TempDir
    Path folder;

    ControlApi control;
    StringWriter out;
    StringWriter err;

    @BeforeEach
    void start() throws IOException {
        control = ControlApi.start(ControlConfig.in(folder.resolve("control"), 0));
        Files.writeString(folder.resolve("table.yaml"), TABLE);
        assertThat(run("table", "apply", "-f", folder.resolve("table.yaml").toString()))
                .as(err::toString)
                .isZero();
    }

    @AfterEach
    void stop() {
        control.close();
    }

    final int run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--control", control.url()));
        out = new StringWriter();
        err = new StringWriter();
        String[] args = all.toArray(String[]::new);
        return Laneway.commandLine(args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    final String json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-o", "json"));
        assertThat(run(all.toArray(String[]::new))).as(err::toString).isZero();
        return out.toString();
    }
}
