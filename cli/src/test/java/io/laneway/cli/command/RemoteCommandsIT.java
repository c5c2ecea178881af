package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all commands that call the control API have: waits, dry runs, conditions, reasons, tokens, completion. */
@Timeout(60)
class RemoteCommandsIT extends RemoteCommands {

    @Test
    void aWaitSaysThatThereIsNoGateway() {
        assertThat(run("shift", "set", "default", "G0=20%", "--wait=1s")).isZero();
        assertThat(err.toString()).contains("no gateway is known");
    }

    @Test
    void anEmptyNameIsWrongUse() {
        assertThat(run("lanes", "delete", "")).isEqualTo(2);
        assertThat(err.toString()).contains("an empty name in /v1/lanes/");
        assertThat(run("shift", "revert", " ")).isEqualTo(2);
        assertThat(run("lanes", "get", "")).isEqualTo(2);
    }

    @Test
    void aWaitNamesAGatewayThatIsNotConnected() throws IOException, InterruptedException {
        control.close();
        control = ControlApi.start(ControlConfig.in(folder.resolve("control"), 0)
                .with(new ControlConfig.Bounds(Duration.ofMillis(1), 0, null)));
        HttpRequest report = HttpRequest.newBuilder(URI.create(control.url() + "/v1/gateways/gw-1/report"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"revision\": 99}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(report, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);

        assertThat(run("shift", "set", "default", "G0=20%", "--wait=300ms")).isZero();
        assertThat(err.toString()).contains("not waited for: gw-1 (not connected, last seen 20");
    }

    @Test
    void aBareWaitLeavesTheNextWordToTheCommand() {
        assertThat(run("shift", "set", "default", "--wait", "G0=20%"))
                .as(err::toString)
                .isZero();
        assertThat(run("shift", "set", "--wait=5s", "default", "G0=30%"))
                .as(err::toString)
                .isZero();
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"30%\"");
        assertThat(run("shift", "set", "--wait=soon", "default", "G0=40%")).isEqualTo(2);
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"30%\"");
    }

    @Test
    void aDryRunShowsTheLinesThatWouldChange() {
        assertThat(run("shift", "set", "default", "G0=20%", "--dry-run")).isZero();

        assertThat(out.toString().lines().map(String::strip))
                .contains("shift default: changed", "-  share: 0%", "+  share: 20%");
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"0%\"");
    }

    @Test
    void objectsComeFromStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("{name: f-7, description: piped}".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("lanes", "apply", "-f", "-")).as(err::toString).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(json("lanes", "get", "f-7")).contains("piped");
    }

    @Test
    void aStaleConditionIsRefused() {
        assertThat(run("lanes", "delete", "f-1", "--if-match", "\"99\"")).isEqualTo(1);
        assertThat(err.toString()).startsWith("laneway: 412 ");
        assertThat(json("lanes", "list")).contains("f-1");
    }

    @Test
    void aTokenIsReadFromItsFileAndTheAuditNamesWhoMadeIt() throws IOException {
        String made = json("tokens", "create", "ada", "--role", "admin");
        Path file = Files.writeString(
                folder.resolve("ada.token"), made.replaceAll("(?s).*\"token\" : \"([^\"]*)\".*", "$1") + "\n");

        assertThat(run("lanes", "list")).isEqualTo(1);
        assertThat(err.toString()).startsWith("laneway: 401 ");
        assertThat(run("lanes", "list", "--token-file", file.toString())).isZero();
        assertThat(run("audit", "--token-file", file.toString())).isZero();
        assertThat(out.toString()).contains("SUBJECT", "create", "token ", "DETAIL", "admin ada");
        assertThat(run("lanes", "list", "--token-file", "/nowhere")).isEqualTo(1);
        assertThat(err.toString()).contains("/nowhere: cannot be read");
    }

    @Test
    void reasonsAndNamesMayBeOfAnyScript() throws IOException {
        Path file = Files.writeString(folder.resolve("车道.yaml"), "{name: 特性一, description: 支付}");
        assertThat(run("lanes", "apply", "-f", file.toString(), "--reason", "上线前的回归测试 é"))
                .as(err::toString)
                .isZero();
        assertThat(run("shift", "include", "default", "G0", "租户甲", "--reason", "UTF-8'' 100%"))
                .as(err::toString)
                .isZero();
        assertThat(json("lanes", "get", "特性一")).contains("\"name\" : \"特性一\"");
        assertThat(json("shifts", "get", "default")).contains("租户甲");
        assertThat(json("revisions", "list"))
                .contains("\"why\" : \"上线前的回归测试 é\"")
                .contains("\"why\" : \"UTF-8'' 100%\"");
        assertThat(run("lanes", "renew", "特性一", "--reason", "one\ntwo")).isEqualTo(1);
        assertThat(err.toString()).contains("X-Reason: has the character U+000A");
        assertThat(run("lanes", "list", "--token", "密码")).isEqualTo(1);
        assertThat(err.toString()).startsWith("laneway: 401 ");
    }

    @Test
    void completionIsAScriptThatTheShellAccepts() throws Exception {
        assertThat(completion("bash")).isZero();
        Path script = Files.writeString(folder.resolve("completion.sh"), out.toString());
        String complete = "source " + script + "; COMP_WORDS=(laneway plan pro); COMP_CWORD=2; _complete_laneway;"
                + " echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", complete)
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("promote\n");
        assertThat(completion("fish")).isZero();
        assertThat(out.toString()).contains("__fish_seen_subcommand_from plan", "-a promote");
    }

    private int completion(String shell) {
        out = new StringWriter();
        return Laneway.commandLine("completion")
                .setOut(new PrintWriter(out, true))
                .execute("completion", shell);
    }
}
