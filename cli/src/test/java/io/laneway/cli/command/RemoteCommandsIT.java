package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daily job of release tooling by commands, against a real control API. */
@Timeout(60)
class RemoteCommandsIT {

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
    private Path folder;

    private ControlApi control;
    private StringWriter out;
    private StringWriter err;

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

    private int run(String... words) {
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

    private String json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-o", "json"));
        assertThat(run(all.toArray(String[]::new))).as(err::toString).isZero();
        return out.toString();
    }

    @Test
    void settingAShiftWithoutAShareIsWrongUsageAndChangesNothing() {
        assertThat(run("shift", "set", "default", "G0=20%")).isZero();

        assertThat(run("shift", "set", "default")).isEqualTo(2);
        assertThat(run("shift", "preview", "default")).isEqualTo(2);
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"20%\"");
    }

    @Test
    void aRecordingIsStartedListedAndStopped() {
        assertThat(run("record", "start", "rec", "--service", "order", "--share", "5", "--dry-run"))
                .as(err::toString)
                .isZero();
        assertThat(out.toString()).contains("recording rec: added");
        assertThat(new JsonObject(json("record", "list")).getJsonArray("recordings"))
                .isEmpty();

        assertThat(run("record", "start", "rec", "--service", "order", "--share", "5", "--json", "$.user.ssn"))
                .as(err::toString)
                .isZero();
        JsonObject listed = new JsonObject(json("record", "list"))
                .getJsonArray("recordings")
                .getJsonObject(0);
        assertThat(Duration.between(Instant.parse(listed.getString("from")), Instant.parse(listed.getString("until"))))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(listed.getString("share")).isEqualTo("5%");
        assertThat(listed.getJsonObject("redact").getJsonArray("json")).containsExactly("$.user.ssn");
        assertThat(run("record", "list")).isZero();
        assertThat(out.toString()).contains("rec").contains("running");
        assertThat(run("lint")).isZero();
        assertThat(out.toString()).contains("recording-runs").contains("service order");

        assertThat(run("record", "stop", "rec")).as(err::toString).isZero();
        assertThat(run("record", "stop", "rec")).isEqualTo(1);
    }

    @Test
    void aMuteControlApiIsWaitedForAsLongAsTheCommandSays() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String[] words : new String[][] {{"lanes", "list"}, {"table", "get"}, {"lanes", "delete", "f-1"}}) {
                List<String> all = new ArrayList<>(List.of(words));
                all.addAll(
                        List.of("--control", "http://127.0.0.1:" + mute.getLocalPort(), "--control-timeout", "50ms"));
                err = new StringWriter();
                String[] args = all.toArray(String[]::new);
                assertThat(Laneway.commandLine(args)
                                .setErr(new PrintWriter(err, true))
                                .execute(args))
                        .isEqualTo(1);
                assertThat(err.toString()).contains("within 50ms (expected: a control API that responds there)");
            }
        }
        for (String wrong : List.of("0s", "soon")) {
            assertThat(run("lanes", "list", "--control-timeout", wrong)).isEqualTo(2);
            assertThat(err.toString()).contains("--control-timeout: ").contains("(expected: ");
        }
    }

    @Test
    void aLinkIsPrintedForCopyingAndAllOfALaneAreRevoked() {
        assertThat(run("lanes", "link", "f-1", "--url", "https://app.example.com/a"))
                .as(err::toString)
                .isZero();
        String printed = out.toString().strip();
        assertThat(printed).startsWith("https://app.example.com/a?trace-branch=f-1&lane-key=f-1.");
        assertThat(err.toString()).contains("until 20");
        LinkKey key = LinkKey.parse(new JsonObject(json("lanes", "get", "f-1")).getString("linkKey"));
        assertThat(key.signed(LaneLink.parse(printed.substring(printed.indexOf("lane-key=") + 9))))
                .isTrue();
        assertThat(new JsonObject(json("lanes", "link", "f-1", "--ttl", "10m")).getString("query"))
                .startsWith("trace-branch=f-1&lane-key=f-1.");

        assertThat(run("lanes", "unlink", "f-1")).as(err::toString).isZero();
        assertThat(json("lanes", "get", "f-1")).doesNotContain("linkKey");
        assertThat(run("lanes", "unlink", "--all")).isZero();
        assertThat(run("lanes", "unlink")).isEqualTo(2);
        assertThat(run("lanes", "unlink", "f-1", "--all")).isEqualTo(2);
        assertThat(run("lanes", "link", "f-1", "--ttl", "99d")).isEqualTo(1);
        assertThat(err.toString()).contains("from 1s to 30d");
    }

    @Test
    void aKeyFileSignsWithoutAControlApi() throws IOException {
        Path file = folder.resolve("links.key");
        assertThat(run("lanes", "link", "Feature/X", "--key-file", file.toString()))
                .as(err::toString)
                .isZero();
        LaneLink link = LaneLink.parse(out.toString().strip().replace("trace-branch=feature-x&lane-key=", ""));
        String key = err.toString()
                .substring(err.toString().indexOf("linkKey: ") + 9)
                .strip();
        assertThat(LinkKey.parse(key).signed(link)).isTrue();
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

        assertThat(run("lanes", "link", "f-1", "--key-file", file.toString(), "--parameter", "lane"))
                .isZero();
        assertThat(out.toString()).startsWith("lane=f-1&lane-key=f-1.");
        assertThat(err.toString()).contains(key);
        Files.writeString(file, "nothing");
        assertThat(run("lanes", "link", "f-1", "--key-file", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("malformed").doesNotContain("nothing");
    }

    @Test
    void aMistypedShiftIsNotMade() {
        assertThat(run("shift", "set", "defualt", "G0=20%")).isEqualTo(1);
        assertThat(err.toString()).contains("shift defualt is not there", "one of default", "--create");
        assertThat(run("shift", "set", "defualt", "G0=20%", "--dry-run")).isEqualTo(1);
        assertThat(json("shifts", "list")).doesNotContain("defualt");
        assertThat(run("shift", "set", "checkout", "G0=20%", "--create"))
                .as(err::toString)
                .isZero();
        assertThat(json("shifts", "list")).contains("checkout");
        assertThat(run("lint")).isZero();
        assertThat(out.toString()).contains("shift-without-tenant", "checkout");
    }

    @Test
    void aWaitSaysThatThereIsNoGateway() {
        assertThat(run("shift", "set", "default", "G0=20%", "--wait=1s")).isZero();
        assertThat(err.toString()).contains("no gateway is known");
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
    void pinsAreAddedMovedAndTakenAway() {
        run("shift", "set", "default", "G0=20%");
        assertThat(run("shift", "include", "default", "G0", "demo", "acme")).isZero();
        assertThat(run("shift", "exclude", "default", "G0", "acme", "bank-1")).isZero();

        assertThat(json("shifts", "get", "default").replaceAll("\\s", ""))
                .contains("\"include\":[\"demo\"]", "\"exclude\":[\"acme\",\"bank-1\"]", "\"share\":\"20%\"");
        assertThat(run("shift", "include", "default", "G0", "demo", "--remove")).isZero();
        assertThat(json("shifts", "get", "default")).doesNotContain("demo");
        assertThat(run("shift", "include", "default", "G9", "demo")).isEqualTo(1);
        assertThat(err.toString()).contains("shift default has no environment G9");
    }

    @Test
    void aPlanIsStartedWatchedAndEnded() {
        assertThat(run("plan", "start", "default", "--lane", "G0", "5%:30m", "100%"))
                .as(err::toString)
                .isZero();
        assertThat(run("plan", "show", "default")).isZero();
        assertThat(out.toString()).contains("running, step 1 of 2 (5%)", "> 1. 5%, then 30m", "  2. 100%");
        assertThat(run("plan", "pause", "default")).isZero();
        assertThat(run("plan", "promote", "default")).isZero();
        assertThat(run("plan", "finish", "default")).as(err::toString).isZero();
        assertThat(run("plan", "watch", "default")).isZero();
        assertThat(run("plan", "start", "default", "--lane", "G0", "5%:30m", "100%"))
                .as(err::toString)
                .isZero();
        assertThat(run("plan", "abort", "default")).isZero();
        assertThat(run("plan", "watch", "default")).isEqualTo(1);
        assertThat(out.toString()).startsWith("aborted");
        assertThat(run("plan", "start", "default")).isEqualTo(2);
        assertThat(run("plan", "start", "default", "-f", "x", "--lane", "G0")).isEqualTo(2);
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
    void blueGreenIsOneVerbAndRevertUndoesIt() {
        assertThat(run("shift", "switch", "default", "--to", "G0", "--reason", "release 42"))
                .as(err::toString)
                .isZero();
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"100%\"");
        assertThat(run("shift", "switch", "default", "--to", "f-1")).isEqualTo(1);
        assertThat(err.toString()).contains("422", "G0", "master");
        assertThat(run("shift", "revert", "default")).isZero();
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"0%\"");
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
