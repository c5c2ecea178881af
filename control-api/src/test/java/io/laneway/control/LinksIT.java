package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed links: made by the private key of the store, counted by the public one in the table, revoked by another. */
class LinksIT {

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(ControlConfig.in(directory, 0).with(clock));
        control.put("/v1/table", ControlApiIT.PICTURE);
        control.put("/v1/lanes/f-1", "");
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private JsonObject link(String lane, String body) {
        TestControl.Answer answer = control.post("/v1/lanes/" + lane + "/links", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private LinkKey key(String lane) {
        String key = control.get("/v1/lanes/" + lane).json().getString("linkKey");
        return key == null ? null : LinkKey.parse(key);
    }

    @Test
    void aLinkIsVerifiedByTheKeyThatTheTableHas() {
        JsonObject made = link("f-1", "{\"ttl\":\"2h\",\"url\":\"https://app.example.com/a?x=1#top\"}");

        LaneLink link = LaneLink.parse(made.getString("key"));
        assertThat(key("f-1").signed(link)).isTrue();
        assertThat(link.lane()).isEqualTo("f-1");
        Instant end = clock.instant().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
        assertThat(link.end()).isEqualTo(end.getEpochSecond());
        assertThat(made.getString("expires")).isEqualTo(end.toString());
        assertThat(made.getString("query")).isEqualTo("trace-branch=f-1&lane-key=" + link);
        assertThat(made.getString("link"))
                .isEqualTo("https://app.example.com/a?x=1&trace-branch=f-1&lane-key=" + link + "#top");
        assertThat(made.getBoolean("changed")).isTrue();

        JsonObject second = link("f-1", "");

        assertThat(second.getBoolean("changed"))
                .as("one key for all links of a lane")
                .isFalse();
        assertThat(key("f-1").signed(LaneLink.parse(second.getString("key")))).isTrue();
        assertThat(control.get("/v1/table").body()).contains(key("f-1").toString());
    }

    @Test
    void linksOfALaneAreRevokedTogetherAndOthersStay() {
        LaneLink first = LaneLink.parse(link("f-1", "").getString("key"));
        control.put("/v1/lanes/f-2", "");
        link("f-2", "");
        LinkKey other = key("f-2");

        assertThat(control.delete("/v1/lanes/f-1/links?dryRun=true").json().getBoolean("changed"))
                .isTrue();
        assertThat(key("f-1").signed(first)).isTrue();
        assertThat(control.delete("/v1/lanes/f-1/links").status()).isEqualTo(200);
        assertThat(key("f-1")).isNull();
        assertThat(key("f-2")).isEqualTo(other);
        LaneLink second = LaneLink.parse(link("f-1", "").getString("key"));
        assertThat(key("f-1").signed(first)).isFalse();
        assertThat(key("f-1").signed(second)).isTrue();

        assertThat(control.delete("/v1/links").status()).isEqualTo(200);
        assertThat(key("f-1")).isNull();
        assertThat(key("f-2")).isNull();
    }

    @Test
    void nothingButALinkGivesALaneAKeyOrBringsARevokedOneBack() {
        link("f-1", "");
        String old = key("f-1").toString();
        long linked = control.get("/v1/table").json().getLong("revision");
        String lane = control.get("/v1/lanes/f-1").body();
        String table = control.get("/v1/table").body();

        control.put("/v1/lanes/f-1", "{\"description\":\"x\"}");
        control.post("/v1/lanes/f-1/renew", "");
        control.put("/v1/table", table.replace(old, "A".repeat(43)));
        assertThat(key("f-1")).as("kept").hasToString(old);

        control.delete("/v1/lanes/f-1/links");
        control.put("/v1/lanes/f-1", lane);
        assertThat(key("f-1")).isNull();
        control.put("/v1/table", table);
        assertThat(key("f-1")).isNull();
        assertThat(control.post("/v1/revisions/" + linked + "/restore", "").status())
                .isEqualTo(200);
        assertThat(key("f-1")).isNull();

        link("f-1", "");
        control.delete("/v1/lanes/f-1");
        control.put("/v1/lanes/f-1", "");
        assertThat(key("f-1")).as("of a lane made again").isNull();
    }

    @Test
    void theEndOfALaneEndsItsLinks() {
        stop();
        LaneLifeConfig life = new LaneLifeConfig(
                Duration.ofDays(6),
                Duration.ofDays(7),
                Duration.ofDays(7),
                true,
                Duration.ofMillis(50),
                URI.create("http://laneway.example.com"),
                List.of());
        control = TestControl.start(
                ControlConfig.in(directory.resolve("life"), 0).with(life).with(clock));
        control.put("/v1/table", ControlApiIT.PICTURE);
        control.put("/v1/lanes/f-1", "{\"ttl\":\"1d\"}");
        link("f-1", "{\"ttl\":\"7d\"}");

        clock.pass(Duration.ofHours(25));
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        "expired".equals(control.get("/v1/lanes/f-1").json().getString("state")));

        assertThat(key("f-1")).isNull();
        assertThat(control.post("/v1/lanes/f-1/links", "").status()).isEqualTo(409);
        control.post("/v1/lanes/f-1/renew", "");
        assertThat(key("f-1")).isNull();
    }

    @Test
    void whoMadeALinkIsAudited() {
        control.call("POST", "/v1/lanes/f-1/links", "{\"ttl\":\"10m\"}", "X-Reason", "for the demo");
        control.delete("/v1/lanes/f-1/links");

        JsonArray audit = control.get("/v1/audit?action=link").json().getJsonArray("audit");
        assertThat(audit).hasSize(1);
        assertThat(audit.getJsonObject(0).getString("subject")).isEqualTo("lane f-1");
        assertThat(audit.getJsonObject(0).getString("why")).isEqualTo("for the demo");
        assertThat(audit.getJsonObject(0).getString("detail")).contains("until ");
        assertThat(control.get("/v1/revisions?action=unlink").body()).contains("lane f-1");
    }

    @Test
    void aLaneOfAnotherOwnerStaysThatOwners() throws Exception {
        Lane owned = new Lane("crd-1", null, LaneMode.PERMISSIVE, "", null, false, LaneState.ACTIVE);
        var editor = control.api().editor();
        editor.apply("crd:ns/crd-1", "", List.of(new TableChange.PutLane(owned)))
                .toCompletableFuture()
                .join();

        link("crd-1", "");
        LinkKey key = key("crd-1");
        assertThat(key).isNotNull();
        editor.apply("crd:ns/crd-1", "", List.of(new TableChange.PutLane(owned)))
                .toCompletableFuture()
                .join();
        assertThat(key("crd-1")).isEqualTo(key);
        assertThat(control.put("/v1/lanes/crd-1", "{\"description\":\"x\"}").status())
                .isEqualTo(409);
        assertThat(control.delete("/v1/links").status()).isEqualTo(200);
        assertThat(key("crd-1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ttl\":\"0s\"}",
                "{\"ttl\":\"31d\"}",
                "{\"ttl\":\"soon\"}",
                "{\"url\":\"javascript:alert(1)\"}",
                "{\"url\":\"/orders\"}",
                "{\"url\":\"https://me:pw@app.example.com/\"}",
                "{\"url\":\"http://[\"}",
                "{\"lane\":\"f-2\"}"
            })
    void wrongWishesAreRefusedByName(String body) {
        TestControl.Answer answer = control.post("/v1/lanes/f-1/links", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("expected");
        assertThat(key("f-1")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"master, 409", "nope, 404"})
    void thereAreNoLinksIntoTheBaseOrNowhere(String lane, int status) {
        assertThat(control.post("/v1/lanes/" + lane + "/links", "").status()).isEqualTo(status);
    }
}
