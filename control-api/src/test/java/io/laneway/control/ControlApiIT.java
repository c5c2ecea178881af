package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch.Event;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlApiIT {

    static final String PICTURE = """
        {"lanes": [{"name": "f-1"}, {"name": "f-2"}, {"name": "G0"}, {"name": "G1"}],
         "services": [
           {"name": "a", "hosts": ["a.example.com"], "deployments": [
             {"lane": "master", "endpoints": ["127.0.0.1:9001"]},
             {"lane": "f-1", "endpoints": ["127.0.0.1:9002"]},
             {"lane": "G0", "endpoints": ["127.0.0.1:9003"]}]},
           {"name": "b", "deployments": [
             {"lane": "master", "endpoints": ["127.0.0.1:9011"]},
             {"lane": "f-2", "endpoints": ["127.0.0.1:9012"]}]}],
         "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}], "environments": [
           {"lane": "G0", "share": "0%"}, {"lane": "G1", "share": "0%"}]}]}
        """;

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void aGatewayThatIsNotConnectedIsMissedForMinutesAndNotWaitedFor() {
        control.close();
        TestClock clock = new TestClock();
        control = TestControl.start(ControlConfig.in(directory, 0).with(clock));
        control.post("/v1/gateways/gw-1/report", "{\"version\":\"1\",\"revision\":1}");
        clock.pass(Duration.ofMinutes(2));
        Answer waited = control.put("/v1/lanes/f-1?wait=applied&timeout=50ms", "{}");
        assertThat(waited.status()).isEqualTo(201);
        assertThat(waited.body()).contains("\"connected\":0", "\"stragglers\":[]");
        assertThat(control.get("/v1/gateways").body()).contains("\"missed\":true");
        clock.pass(Duration.ofMinutes(4));
        assertThat(control.put("/v1/lanes/f-2?wait=applied&timeout=50ms", "{}").status())
                .as("gone for good")
                .isEqualTo(201);
        assertThat(control.get("/v1/gateways").body()).contains("\"missed\":false");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> TestControl.start(ControlConfig.in(
                        directory.resolve("other"), control.api().port())))
                .hasMessageContaining("127.0.0.1:" + control.api().port());
    }

    @Test
    void aWholeTableIsPutAndReadBack() {
        Answer put = control.put("/v1/table", PICTURE);
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.revision()).isEqualTo(1);

        Answer get = control.get("/v1/table");
        assertThat(get.revision()).isEqualTo(1);
        assertThat(get.etag()).isEqualTo(put.etag());
        assertThat(get.json().getJsonArray("services")).hasSize(2);
        assertThat(control.put("/v1/table", get.body()).json().getBoolean("changed"))
                .as("putting back what was read changes nothing")
                .isFalse();
        assertThat(control.get("/v1/table").revision()).isEqualTo(1);
    }

    @Test
    void aShareIsSetAndOmittedEnvironmentsGetNothing() {
        control.put("/v1/table", PICTURE);
        control.put("/v1/shifts/default", "{\"environments\":[{\"lane\":\"G1\",\"share\":\"10%\"}]}");
        Answer set = control.put("/v1/shifts/default", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\"}]}");
        assertThat(set.status()).isEqualTo(200);

        JsonObject shift = control.get("/v1/shifts/default").json();
        assertThat(share(shift, "G0")).isEqualTo("20%");
        assertThat(share(shift, "G1")).isEqualTo("0%");
        assertThat(shift.getJsonArray("tenant")).as("omitted, so kept").hasSize(1);
    }

    private static String share(JsonObject shift, String lane) {
        return shift.getJsonArray("environments").stream()
                .map(JsonObject.class::cast)
                .filter(e -> e.getString("lane").equals(lane))
                .map(e -> e.getString("share", "0%"))
                .findFirst()
                .orElse("absent");
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        Answer answer = control.put("/v1/lanes/f-1", "{\"mode\":\"loose\",\"keep\":3,\"colour\":\"red\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.json().getJsonArray("errors").stream()
                        .map(JsonObject.class::cast)
                        .map(e -> e.getString("pointer")))
                .containsExactlyInAnyOrder("/mode", "/keep", "/colour");
        assertThat(control.put("/v1/lanes/f-1", "{").status()).isEqualTo(400);
        assertThat(control.put(
                                "/v1/shifts/default",
                                "{\"environments\":[{\"lane\":\"G0\",\"share\":\"70%\"},{\"lane\":\"G1\",\"share\":\"40%\"}]}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aStaleIfMatchIsRefusedAndAFreshOneIsTaken() {
        Answer made = control.put("/v1/lanes/f-1", "{}");
        assertThat(made.status()).isEqualTo(201);
        Answer second = control.put("/v1/lanes/f-1", "{\"description\":\"x\"}", "If-Match", made.etag());
        assertThat(second.status()).isEqualTo(200);
        assertThat(control.put("/v1/lanes/f-1", "{}", "If-Match", made.etag()).status())
                .isEqualTo(412);
        assertThat(control.get("/v1/lanes/f-1").json().getString("description")).isEqualTo("x");
    }

    @Test
    void aDryRunSaysWhatWouldChangeAndChangesNothing() {
        control.put("/v1/table", PICTURE);
        Answer dry = control.put(
                "/v1/shifts/default?dryRun=true", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"5%\"}]}");
        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.json().getJsonArray("summary").encode())
                .contains("share: ")
                .contains("5%");
        assertThat(control.get("/v1/table").revision()).isEqualTo(1);
    }

    @Test
    void aRepeatedCallWithItsKeyIsDoneOnce() {
        Answer first = control.put("/v1/lanes/f-1", "{}", "Idempotency-Key", "k1");
        control.delete("/v1/lanes/f-1");
        Answer again = control.put("/v1/lanes/f-1", "{}", "Idempotency-Key", "k1");
        assertThat(again.revision()).isEqualTo(first.revision());
        assertThat(control.get("/v1/lanes/f-1").status()).isEqualTo(404);
        assertThat(control.put("/v1/lanes/f-2", "{}", "Idempotency-Key", "k1").status())
                .isEqualTo(422);
    }

    @Test
    void aLaneThatIsAParentOrAnEnvironmentIsNotDropped() {
        control.put("/v1/table", PICTURE);
        control.put("/v1/lanes/child", "{\"parent\":\"f-2\"}");
        assertThat(control.delete("/v1/lanes/f-2").status()).isEqualTo(409);
        assertThat(control.delete("/v1/lanes/G0").status()).isEqualTo(409);
        assertThat(control.delete("/v1/lanes/nobody").status()).isEqualTo(404);
        assertThat(control.delete("/v1/lanes/f-1").status()).isEqualTo(200);
        assertThat(control.get("/v1/services/a").json().getJsonArray("deployments"))
                .as("its deployments go with it")
                .hasSize(2);
        assertThat(control.put("/v1/lanes/F-2", "{}").status())
                .as("one slug, one name")
                .isEqualTo(409);
    }

    @Test
    void aDeploymentIsPutAndRemovedAlone() {
        control.put("/v1/table", PICTURE);
        assertThat(control.put("/v1/services/b/deployments/f-1", "{\"endpoints\":[\"127.0.0.1:9013\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(control.put("/v1/services/zzz/deployments/f-1", "{\"endpoints\":[]}")
                        .status())
                .isEqualTo(404);
        assertThat(control.put("/v1/services/b/deployments/nolane", "{\"endpoints\":[\"127.0.0.1:1\"]}")
                        .status())
                .isEqualTo(422);
        assertThat(control.delete("/v1/services/b/deployments/f-1").status()).isEqualTo(200);
        assertThat(control.delete("/v1/services/b/deployments/f-1").status()).isEqualTo(404);
    }

    @Test
    void theWatchBeginsWithASnapshotAndGoesOnWithDeltas() {
        control.put("/v1/table", PICTURE);
        try (TestWatch watch = control.watch("")) {
            Event snapshot = watch.next();
            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(snapshot.id()).isEqualTo(1);
            assertThat(snapshot.data().getString("store"))
                    .isEqualTo(control.api().store().identity().id());
            control.put("/v1/lanes/f-3", "{}");
            Event delta = watch.next();
            assertThat(delta.name()).isEqualTo("delta");
            assertThat(delta.data().getLong("from")).isEqualTo(1);
            assertThat(delta.data().getLong("revision")).isEqualTo(2);
            assertThat(delta.data().getJsonArray("changes").encode()).contains("f-3");
        }
    }

    @Test
    void aReturningWatcherGetsOnlyWhatItMissedAlsoAfterARestart() {
        control.put("/v1/table", PICTURE);
        control.put("/v1/lanes/f-3", "{}");
        control.put("/v1/lanes/f-4", "{}");
        try (TestWatch watch = control.watch("?from=1")) {
            assertThat(watch.next().id()).isEqualTo(2);
            assertThat(watch.next().id()).isEqualTo(3);
        }
        control.close();
        control = TestControl.start(directory);
        try (TestWatch watch = control.watch("?from=2")) {
            Event event = watch.next();
            assertThat(event.name()).isEqualTo("delta");
            assertThat(event.id()).isEqualTo(3);
        }
        try (TestWatch watch = control.watch("?from=99")) {
            assertThat(watch.next().name()).as("from a revision we never had").isEqualTo("snapshot");
        }
    }

    @Test
    void aStoreThatNeverHeldATableServesNone() {
        try (TestWatch watch = control.watch("")) {
            control.put("/v1/lanes/f-1", "{}");
            Event first = watch.next();
            assertThat(first.id()).isEqualTo(1);
        }
    }

    @Test
    void explainsADecisionWithItsSteps() {
        control.put("/v1/table", PICTURE);
        JsonObject answer = control.post("/v1/explain", "{\"service\":\"a\",\"lane\":\"f-2\"}")
                .json();
        assertThat(answer.getString("served")).isEqualTo("master");
        assertThat(answer.getString("reason")).isEqualTo("fallback_absent");
        assertThat(answer.getJsonArray("steps")).isNotEmpty();
        assertThat(control.post("/v1/explain", "{}").status()).isEqualTo(422);
    }

    @Test
    void historySaysWhoWhenWhyAndWhatAndAnyRevisionIsRestored() {
        control.put("/v1/table", PICTURE, "X-Reason", "first table");
        control.put("/v1/lanes/f-1", "{\"description\":\"neu\"}", "X-Reason", "green");
        control.delete("/v1/lanes/f-1");

        JsonArray list = control.get("/v1/revisions?limit=2").json().getJsonArray("revisions");
        assertThat(list).hasSize(2);
        assertThat(list.getJsonObject(0).getString("action")).isEqualTo("delete");
        JsonObject second = control.get("/v1/revisions/2").json();
        assertThat(second.getString("who")).isEqualTo("anonymous");
        assertThat(second.getString("why")).isEqualTo("green");
        assertThat(second.getJsonArray("summary").encode())
                .contains("description")
                .contains("neu");
        assertThat(control.get("/v1/revisions/1/diff/3")
                        .json()
                        .getJsonArray("summary")
                        .encode())
                .contains("lane f-1: removed");

        assertThat(control.post("/v1/revisions/1/restore", "").revision()).isEqualTo(4);
        assertThat(control.get("/v1/lanes/f-1").status()).isEqualTo(200);
        assertThat(control.get("/v1/revisions/9").status()).isEqualTo(404);
    }

    @Test
    void twoRevisionsDifferInWhatTheirTablesDifferIn() {
        Random random = new Random(5);
        int edits = 300;
        for (int i = 0; i < edits; i++) {
            control.put("/v1/lanes/f-" + random.nextInt(12), "{\"description\":\"d" + i + "\"}");
        }
        for (int[] pair :
                new int[][] {{1, 2}, {20, 3}, {250, 260}, {260, 250}, {2, 290}, {290, 2}, {7, 7}, {0, 5}, {5, 0}}) {
            Map<String, JsonObject> one = lanes(pair[0]);
            Map<String, JsonObject> other = lanes(pair[1]);
            Set<String> changed = new TreeSet<>(one.keySet());
            changed.addAll(other.keySet());
            changed.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
            Set<String> said = new TreeSet<>();
            for (Object line : control.get("/v1/revisions/" + pair[0] + "/diff/" + pair[1])
                    .json()
                    .getJsonArray("summary")) {
                said.add(line.toString().replaceAll("^lane (f-\\d+)[.:].*", "$1"));
            }
            assertThat(said).as("%d to %d", pair[0], pair[1]).isEqualTo(changed);
        }
        assertThat(control.get("/v1/revisions/2/diff/301").status()).isEqualTo(404);
    }

    private Map<String, JsonObject> lanes(int revision) {
        Map<String, JsonObject> lanes = new HashMap<>();
        if (revision > 0) {
            JsonArray all =
                    control.get("/v1/revisions/" + revision + "/table").json().getJsonArray("lanes");
            all.forEach(lane -> lanes.put(((JsonObject) lane).getString("name"), (JsonObject) lane));
        }
        return lanes;
    }

    @Test
    void revertUndoesTheLastChangeOfAShiftOnce() {
        control.put("/v1/table", PICTURE);
        control.put("/v1/shifts/default", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\"}]}");
        String before = control.get("/v1/shifts/default").body();
        control.put("/v1/shifts/default", "{\"environments\":[{\"lane\":\"G1\",\"share\":\"50%\"}]}");

        assertThat(control.post("/v1/shifts/default/revert", "").status()).isEqualTo(200);
        assertThat(control.get("/v1/shifts/default").body()).isEqualTo(before);
        assertThat(control.post("/v1/shifts/default/revert", "").status()).isEqualTo(409);
        control.put("/v1/shifts/default", "{\"enabled\":false}");
        assertThat(control.get("/v1/shifts/default").json().getBoolean("enabled"))
                .isFalse();
        assertThat(control.post("/v1/shifts/default/revert", "").status()).isEqualTo(200);
        assertThat(control.get("/v1/shifts/default").body()).isEqualTo(before);
    }

    @Test
    void previewSaysWhoWouldMoveAndChangesNothing() {
        control.put("/v1/table", PICTURE);
        JsonObject preview = control.post(
                        "/v1/shifts/default/preview",
                        "{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\"}],\"tenants\":[\"t1\",\"t2\",\"t3\"]}")
                .json();
        assertThat(preview.getInteger("slots")).isEqualTo(2000);
        assertThat(preview.getJsonArray("tenants")).hasSize(3);
        assertThat(control.get("/v1/table").revision()).isEqualTo(1);
    }

    @Test
    void severalObjectsAreAppliedAtomically() {
        control.put("/v1/table", PICTURE);
        Answer bad = control.post(
                "/v1/apply",
                "{\"lanes\":[{\"name\":\"f-9\"}],\"services\":[{\"name\":\"c\",\"deployments\":[{\"lane\":\"nolane\",\"endpoints\":[\"127.0.0.1:1\"]}]}]}");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(control.get("/v1/lanes/f-9").status()).isEqualTo(404);
        Answer good = control.post("/v1/apply", """
            lanes:
              - {name: f-9}
            services:
              - {name: c, deployments: [{lane: f-9, endpoints: ['127.0.0.1:1']}]}
            delete: {lanes: [f-1]}
            """);
        assertThat(good.status()).as(good.body()).isEqualTo(200);
        assertThat(good.revision()).isEqualTo(2);
        assertThat(control.get("/v1/lanes/f-1").status()).isEqualTo(404);
        assertThat(control.get("/v1/services/a").status()).isEqualTo(200);
    }

    @Test
    void waitsUntilEveryConnectedGatewayHasIt() {
        control.put("/v1/table", PICTURE);
        String store = control.api().store().identity().id();
        control.post("/v1/gateways/gw-1/report", "{\"version\":\"1\",\"store\":\"" + store + "\",\"revision\":1}");
        Answer late = control.put("/v1/lanes/f-5?wait=applied&timeout=100ms", "{}");
        assertThat(late.status()).isEqualTo(202);
        assertThat(late.json().getJsonObject("applied").getJsonArray("stragglers"))
                .containsExactly("gw-1");
        control.post("/v1/gateways/gw-1/report", "{\"version\":\"1\",\"store\":\"" + store + "\",\"revision\":9}");
        Answer done = control.put("/v1/lanes/f-6?wait=applied&timeout=5s", "{}");
        assertThat(done.status()).isEqualTo(201);
        assertThat(done.json().getJsonObject("applied").getInteger("applied")).isEqualTo(1);
        assertThat(control.get("/v1/gateways").json().getJsonArray("gateways")).hasSize(1);
    }

    @Test
    void probesAndMetricsAnswer() {
        assertThat(control.get("/v1/table").status()).isEqualTo(200);
        assertThat(control.get("/livez").status()).isEqualTo(200);
        assertThat(control.get("/readyz").status()).isEqualTo(200);
        assertThat(control.get("/nothing").status()).isEqualTo(404);
        Answer text = control.get("/metrics");
        assertThat(text.header("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(text.body()).contains("laneway_control_revision").doesNotContain("# EOF");
        Answer open = control.get("/metrics", "Accept", "text/plain;q=0.5,application/openmetrics-text;version=1.0.0");
        assertThat(open.header("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void anEditThatLeavesNoServiceIsDoneAndWarnedOf() {
        control.put("/v1/table", PICTURE);
        for (String query : List.of("?dryRun=true", "")) {
            JsonObject warning = control.put("/v1/table" + query, "{\"lanes\": [{\"name\": \"G0\"}]}")
                    .json()
                    .getJsonArray("warnings")
                    .getJsonObject(0);
            assertThat(warning.getString("rule")).isEqualTo("services-gone");
            assertThat(warning.getString("message"))
                    .startsWith("none of 2 services is left")
                    .contains("/revisions/1/");
        }
        assertThat(control.put("/v1/table", "{}").json().containsKey("warnings"))
                .as("there was none before")
                .isFalse();
    }

    @Test
    void anEditThatLeavesAServiceWithoutBaseIsDoneAndWarnedOf() {
        Answer left = control.put("/v1/services/lonely?dryRun=true", "{}");
        assertThat(left.json().getJsonArray("warnings").encode()).contains("service-without-base", "service lonely");
        Answer whole = control.put(
                "/v1/services/whole", "{\"deployments\":[{\"lane\":\"master\",\"endpoints\":[\"127.0.0.1:1\"]}]}");
        assertThat(whole.json().containsKey("warnings")).isFalse();
        assertThat(control.delete("/v1/services/whole/deployments/master")
                        .json()
                        .getJsonArray("warnings"))
                .hasSize(1);
    }
}
