package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recordings, signed links, and how long a mute control API is waited for, by commands. */
@Timeout(60)
class RecordAndLinkCommandsIT extends RemoteCommands {

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
}
