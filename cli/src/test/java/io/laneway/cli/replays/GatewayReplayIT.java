package io.laneway.cli.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.command.Laneway;
import io.laneway.testkit.FreePort;
import io.laneway.testkit.S3Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay that the control API orders and a gateway does, with real services. */
class GatewayReplayIT {

    private static final String FAST = ", \"rate\": \"200/s\"";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Shop shop;

    @AfterEach
    void stop() {
        shop.close();
    }

    private Shop shop(String mode, int requests, String method) {
        shop = new Shop(directory, mode);
        shop.recording(requests, method);
        return shop;
    }

    private String start(String more) {
        JsonObject begun = shop.call(
                "POST",
                "/v1/replays",
                "{\"recording\": \"orders\", \"lane\": \"f-1\", \"gateway\": \"gw-1\"" + more + "}");
        assertThat(begun.getString("state")).isIn("waiting", "running");
        return begun.getString("id");
    }

    private JsonObject ended(String id) {
        return shop.ended(id);
    }

    private JsonObject running(String id) {
        await().atMost(PATIENCE)
                .until(() -> shop.get("/v1/replays/" + id)
                                .getJsonObject("progress", new JsonObject())
                                .getInteger("responded", 0)
                        > 0);
        return shop.get("/v1/replays/" + id);
    }

    @Test
    void theGatewaySendsWhatItRecordedAndSaysWhatDiffers() throws IOException {
        shop("permissive", 40, "GET");
        JsonObject replay = ended(start(FAST + ", \"against\": \"master\""));

        assertThat(replay.getString("state")).as(replay.encodePrettily()).isEqualTo("done");
        JsonObject progress = replay.getJsonObject("progress");
        assertThat(progress.getInteger("planned")).isEqualTo(40);
        assertThat(progress.getInteger("responded")).isEqualTo(40);
        assertThat(progress.getString("served")).isEqualTo("lane f-1 served 40 of 40 requests");
        JsonObject report = replay.getJsonObject("report");
        assertThat(report.getBoolean("differs")).isTrue();
        List<String> paths = report.getJsonArray("findings").stream()
                .map(JsonObject.class::cast)
                .filter(finding -> finding.getString("level").equals("differs"))
                .map(finding -> finding.getString("path"))
                .toList();
        assertThat(paths).contains("body.price").doesNotContain("body.at", "body.trace");
        assertThat(shop.replayed.stream().filter(one -> one.startsWith("master ")))
                .hasSize(80);
        assertThat(shop.replayed.stream().filter(one -> one.startsWith("f-1 "))).hasSize(40);
        assertThat(shop.kept()).as("a replay is not recorded").contains(" 40");

        Path results = shop.data().resolve("replays/" + replay.getString("id") + ".jsonl.gz");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(results)))
                .isEqualTo("rw-------");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(results))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("access_token", "lwp_")
                    .doesNotContain(Shop.SECRET);
        }
        assertThat(replay.encode()).doesNotContain(Shop.SECRET);
    }

    @Test
    void diffSaysWhoFailedFirstOfWhatShowsADifference() {
        shop("permissive", 20, "GET");
        shop.status = 500;
        JsonObject replay = ended(start(FAST + ", \"against\": \"master\""));
        String results = shop.data()
                .resolve("replays/" + replay.getString("id") + ".jsonl.gz")
                .toString();

        String[] diff = {"diff", results, "--chains", "--control", shop.url()};
        int code = Laneway.commandLine(diff)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(diff);

        assertThat(code).as("%s", err).isEqualTo(1);
        assertThat(out.toString())
                .contains("status (status)")
                .containsPattern("in the lane \\(" + replay.getString("id")
                        + "-\\d+-lane\\): failed first: orders \\(lane f-1\\) at 127.0.0.1:\\d+ responded 500");
    }

    @Test
    void whatLiesInABucketIsReplayedByItsGateway() {
        try (S3Server store = S3Server.start()) {
            shop = new Shop(
                    directory,
                    "permissive",
                    "recordings: {s3: {bucket: bucket, endpoint: \"" + store.endpoint()
                            + "\", prefix: shop, accessKey: " + S3Server.ACCESS_KEY + ", secretKey: "
                            + S3Server.SECRET_KEY + "}}");
            shop.recording(10, "GET");
            assertThat(store.objects().keySet())
                    .allSatisfy(key -> assertThat(key).startsWith("shop/orders/gw-1/"));
            assertThat(shop.data().resolve("recordings")).doesNotExist();
            JsonObject replay = ended(start(FAST));

            assertThat(replay.getString("state")).as(replay.encodePrettily()).isEqualTo("done");
            assertThat(replay.getJsonObject("progress").getInteger("responded")).isEqualTo(10);
        }
        JsonObject away = ended(start(FAST));
        assertThat(away.getString("state")).isEqualTo("failed");
    }

    @Test
    void aReplayThatIsAbortedSendsNoMore() {
        shop("permissive", 40, "GET");
        String id = start(", \"rate\": \"5/s\"");
        running(id);
        JsonObject aborting = shop.call("DELETE", "/v1/replays/" + id, null);
        assertThat(aborting.getString("state")).isEqualTo("aborting");

        JsonObject replay = ended(id);
        assertThat(replay.getString("state")).isEqualTo("aborted");
        assertThat(replay.getJsonObject("progress").getInteger("responded")).isBetween(1, 39);
        assertThat(shop.replayed.size()).isBetween(1, 39);
        assertThat(shop.call("DELETE", "/v1/replays/" + id, null).getString("state"))
                .isEqualTo("aborted");
    }

    @Test
    void aReplayOutlivesTheControlApi() {
        shop("permissive", 40, "GET");
        String id = start(", \"rate\": \"10/s\", \"against\": \"master\"");
        running(id);
        shop.restartControl();

        JsonObject replay = ended(id);
        assertThat(replay.getString("state")).as(replay.encodePrettily()).isEqualTo("done");
        assertThat(replay.getJsonObject("progress").getInteger("responded")).isEqualTo(40);
        assertThat(shop.replayed).hasSize(120);
    }

    @Test
    void aGatewayThatIsStoppedAmidAReplaySaysSoAndBeginsItNotAgain() {
        shop("strict", 40, "POST");
        String id = start(", \"rate\": \"10/s\", \"unsafe\": true");
        running(id);
        shop.stopGateway();
        JsonObject replay = ended(id);
        assertThat(replay.getString("state")).isEqualTo("failed");
        assertThat(replay.getString("problem")).isEqualTo("the gateway was stopped");
        int sent = shop.replayed.size();

        shop.startGateway();
        await().atMost(PATIENCE)
                .until(() -> shop.get("/v1/gateways")
                        .getJsonArray("gateways")
                        .getJsonObject(0)
                        .getBoolean("connected"));
        String next = start(FAST);
        assertThat(ended(next).getString("state")).isEqualTo("done");
        assertThat(shop.replayed).as("writes of the first alone, each once").hasSize(sent);
        assertThat(ended(next).getJsonObject("progress").getInteger("skipped")).isEqualTo(40);
    }

    @Test
    void writesGoIntoAStrictLaneAlone() {
        shop("permissive", 4, "POST");
        assertThatThrownBy(() -> start(FAST + ", \"unsafe\": true"))
                .hasMessageContaining("unsafe: lane f-1 is not strict (expected: a strict lane");
        shop.call("PUT", "/v1/lanes/f-1", "{\"mode\": \"strict\"}");
        JsonObject replay = ended(start(FAST + ", \"unsafe\": true, \"against\": \"master\""));
        assertThat(replay.getJsonObject("progress").getInteger("responded"))
                .as(replay.encode())
                .isEqualTo(4);
        assertThat(shop.replayed).hasSize(4).allMatch(one -> one.startsWith("f-1 POST"));
    }

    @Test
    void whatCannotRunSaysWhy() {
        shop("permissive", 2, "GET");
        JsonObject none = ended(shop.call("POST", "/v1/replays", "{\"recording\": \"nothing\", \"lane\": \"f-1\"}")
                .getString("id"));
        assertThat(none.getString("state")).isEqualTo("failed");
        assertThat(none.getString("problem"))
                .isEqualTo("recording nothing: no requests on this gateway (expected: one that recorded some)");

        JsonObject listener = ended(start(FAST + ", \"listener\": \"inner\""));
        assertThat(listener.getString("problem"))
                .isEqualTo("listener: inner (expected: one without proxyProtocol, of [edge, outbound])");

        JsonObject lane = ended(shop.call(
                        "POST",
                        "/v1/replays",
                        "{\"recording\": \"orders\", \"lane\": \"f-2\", \"against\": \"master\", \"rate\": \"200/s\"}")
                .getString("id"));
        assertThat(lane.getString("state")).isEqualTo("failed");
        assertThat(lane.getString("problem"))
                .startsWith("lane f-2 served 0 of 2 requests (others by: fallback_absent 2)");
        assertThat(new JsonArray(shop.get("/v1/replays").getJsonArray("replays").getList()))
                .hasSize(3);
    }

    @Test
    void theCommandStartsFollowsAndShowsThem() {
        shop("permissive", 20, "GET");
        assertThat(run("start", "orders", "--lane", "f-1", "--against", "master", "--rate", "200/s", "--follow"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "done, 20 of 20 requests responded",
                        "recording orders by gateway gw-1 into lane f-1 against master",
                        "body.price (number) is 101, base has 100",
                        "curl -i -H ");
        assertThat(run("start", "orders", "--lane", "master", "--rate", "200/s", "--follow", "-o", "json"))
                .isZero();
        assertThat(new JsonObject(out.toString()).getString("state")).isEqualTo("done");
        assertThat(run(
                        "start",
                        "orders",
                        "--lane",
                        "f-1",
                        "--to",
                        "http://127.0.0.1:" + FreePort.take(),
                        "--rate",
                        "200/s",
                        "--follow"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no request has a response: nothing was compared");
        assertThat(run("start", "orders", "--lane", "f-9")).isEqualTo(1);
        assertThat(err.toString()).contains("lane: f-9 (expected: a lane of the table)");

        assertThat(run("start", "orders", "--lane", "f-1", "--rate", "1/s")).isZero();
        String id = out.toString().split("[ :]")[1];
        assertThat(run("abort", id)).isZero();
        assertThat(run("get", id, "--follow")).isEqualTo(2);
        assertThat(out.toString()).contains("replay " + id + ": aborted");
        assertThat(run("list")).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains(" orders ")))
                .hasSize(4);
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("replays"));
        all.addAll(List.of(words));
        all.addAll(List.of("--control", shop.url()));
        return Laneway.commandLine(all.toArray(new String[0]))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
    }
}
