package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LanewayTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "gateway",
                "control",
                "check",
                "schema",
                "plan",
                "table",
                "context",
                "audit",
                "completion",
                "explain",
                "lanes",
                "services",
                "shifts",
                "shift",
                "revisions",
                "tokens",
                "gateways",
                "lint",
                "kubernetes",
                "import",
                "record",
                "replay",
                "version"
            })
    void everyCommandHasHelp(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: laneway " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "lanes",
                "shift set default G0",
                "demo --port x",
                "demo --duration soon",
                "record",
                "record export a.jsonl.gz",
                "replay a.har --to http://a --lane f-1 --rate fast",
                "replay a.har --to ftp://a --lane f-1",
                "replay a.har --to http://a",
                "record redact a.har --to b --json x",
                "kubernetes",
                "kubernetes proxy",
                "kubernetes proxy install x",
                "control --cleanup scale",
                "control --kubernetes --cleanup burn",
                "control --kubernetes --kubernetes-setting a=b",
                "control --webhook generic=hooks.example.com/x",
                "control --webhook smoke=http://hooks.example.com/x",
                "control --webhook http://hooks.example.com/x",
                "control --webhook slack=http://a/x --webhook slack=http://b/x",
                "control --webhook slack=http://a/x --webhook-secret-file slack=/dev/null",
                "control --webhook-secret-file dingtalk=/dev/null",
                "control --oidc-issuer x --oidc-jwks keys.example.com:443/jwks",
                "control --oidc-client console",
                "control --oidc-client console --link http://localhost:9900",
                "control --oidc-issuer http://i --oidc-jwks http://i/jwks --oidc-client console",
                "control --prometheus localhost:9090",
                "control --link laneway.example.com",
                "control accept --control localhost:9900",
                "control --postgres db:5432/laneway"
            })
    void wrongUsageIsTwo(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void askingForNothingOrForTooLongIsWrongUsage() {
        for (String option : List.of("--request", "--trace")) {
            assertThat(run("explain", option, "")).isEqualTo(2);
        }
        assertThat(run("explain", "")).isEqualTo(2);
        assertThat(run("explain", "--request", "x", "--timeout", "31s")).isEqualTo(2);
        assertThat(run("explain", "--request", "x", "--timeout", "soon")).isEqualTo(2);
    }

    @Test
    void everyCommandOfTheListIsDescribedByAWholeSentence() {
        Laneway.commandLine().getSubcommands().forEach((name, command) -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            assertThat(description).as(name).isNotEmpty();
            assertThat(description[0]).as(name).endsWith(".");
        });
    }

    @Test
    void readsOnlyTheCommandThatIsNamedAndAllForHelp() {
        assertThat(Laneway.commandLine("gateway", "-c", "x").getSubcommands()).containsOnlyKeys("gateway");
        assertThat(Laneway.commandLine("help", "gateway").getSubcommands()).containsKeys("gateway", "lanes", "tokens");

        assertThat(run("help", "lanes")).isZero();
        assertThat(out.toString()).contains("laneway lanes");
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("gateway", "revisions");
        assertThat(run("gatewai")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean", "laneway gateway");
    }

    @Test
    void checkPrintsEveryProblemOnALineOfItsOwnWithItsPlace() throws IOException {
        Path table = write("lanes.yaml", """
            schema: 1
            lanes:
              - {name: f-1, parent: gone}
            services:
              - name: order
                deployments:
                  - {lane: f-9, endpoints: ["127.0.0.1:70000"]}
                colour: red
            """);

        assertThat(run("check", table.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(line -> line.startsWith(table + ":"))
                .anyMatch(line -> line.contains(":8: services[0].colour:"));
    }

    @Test
    void checkKnowsAGatewayConfigurationByItsListeners() throws IOException {
        Path config = write("laneway.yaml", """
            listeners:
              - {name: edge, address: "127.0.0.1:8080", trust: stranger}
            table: {file: lanes.yaml}
            """);

        assertThat(run("check", config.toString())).isEqualTo(1);
        assertThat(out.toString()).contains(config + ":2: listeners[0].trust:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "gateway"})
    void schemaPrintsAJsonSchema(String document) {
        assertThat(run("schema", document)).isZero();
        assertThat(new JsonObject(out.toString()).getString("$schema")).endsWith("2020-12/schema");
        assertThat(run("schema", "other")).isEqualTo(2);
    }

    @Test
    void checkIsZeroWhereNothingIsWrong() throws IOException {
        assertThat(run("check", write("ok.yaml", "schema: 1\n").toString())).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsSaidAndFails() {
        assertThat(run("check", folder.resolve("missing.yaml").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("missing.yaml");
    }

    @Test
    void aControlApiThatIsNotThereIsSaidAndFails() {
        assertThat(run("lanes", "list", "--control", "http://127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString()).contains("no control API at http://127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "demo --port 0", "control backup x", "kubernetes --help", "messages", "import envoy x"})
    void aCommandThatTheDistributionLacksIsNotOfferedAndSaysWhereItIs(String words) {
        CommandSets none = new CommandSets(List.of());
        String[] args = words.split(" ");

        assertThat(Laneway.commandLine(none).getSubcommands())
                .containsKeys("gateway", "check", "lanes")
                .doesNotContainKey(args[0]);
        assertThat(run(Laneway.commandLine(none, args), args)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "laneway: " + args[0] + ": not in this distribution, laneway (expected: laneway)");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... args) {
        return run(Laneway.commandLine(args), args);
    }

    private int run(CommandLine line, String... args) {
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
