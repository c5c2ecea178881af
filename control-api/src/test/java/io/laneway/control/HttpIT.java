package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestControl.Answer;
import io.laneway.testkit.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of HTTP expects of any resource: methods, conditions, queries and bodies. */
class HttpIT {

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
        control.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private static List<String> pointers(Answer answer) {
        return answer.json().getJsonArray("errors").stream()
                .map(JsonObject.class::cast)
                .map(error -> error.getString("pointer"))
                .toList();
    }

    /** An answer as it came over the wire, for what a client library would hide. */
    private String raw(String request) throws IOException {
        return RawHttp.exchange(
                control.api().port(), request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @Test
    void aMethodThatIsNotThereIsAnsweredWithThoseThatAre() {
        Answer patch = control.call("PATCH", "/v1/lanes/f-1", "{}");
        assertThat(patch.status()).isEqualTo(405);
        assertThat(patch.header("allow")).hasValue("DELETE, GET, HEAD, OPTIONS, PUT");
        assertThat(patch.header("content-type")).hasValue("application/problem+json");
        assertThat(control.post("/v1/table", "{}").header("allow")).hasValue("GET, HEAD, OPTIONS, PUT");
        Answer options = control.call("OPTIONS", "/v1/lanes/f-1/renew", null);
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("allow")).hasValue("OPTIONS, POST");
        assertThat(control.get("/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void optionsOfTheServerSaysAllMethods() throws IOException {
        assertThat(raw("OPTIONS *"))
                .startsWith("HTTP/1.1 204")
                .contains("allow: DELETE, GET, HEAD, OPTIONS, POST, PUT\r\n");
        assertThat(raw("GET *")).startsWith("HTTP/1.1 4");
    }

    @Test
    void headOfEventsEndsAtOnce() throws IOException {
        for (String path : List.of("/v1/events", "/v1/table/watch", "/v1/tail")) {
            String two = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            assertThat(RawHttp.exchange(
                            control.api().port(),
                            two + "HEAD /v1/lanes/f-1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 200")
                    .contains("content-type: text/event-stream", "etag: \"1\"")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void whatIsTooLongIsSaidWithItsBound() throws IOException {
        String line = raw("GET /v1/lanes/" + "x".repeat(4096));
        assertThat(line)
                .contains(
                        " 414 ",
                        "content-type: application/problem+json",
                        "\"title\":\"URI Too Long\"",
                        "request line: too long (expected: 4096 bytes at most)");
        String field = "\r\nX-A: " + "x".repeat(4000);
        for (String fields : List.of(field.repeat(5), "\r\nX-A: " + "x".repeat(17_000))) {
            assertThat(RawHttp.exchange(
                            control.api().port(), "GET /v1/lanes HTTP/1.1\r\nHost: localhost" + fields + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ")
                    .contains(
                            "content-type: application/problem+json",
                            "header fields: too large (expected: 16384 bytes at most in all)");
        }
        assertThat(control.get("/v1/lanes", "X-A", "x".repeat(4000)).status()).isEqualTo(200);
    }

    @Test
    void whatIsNoHttpIsRefusedWithAProblem() throws IOException {
        for (String request :
                List.of("nonsense\r\n\r\n", "GET /v1/lanes HTTP/1.1\r\nHost: localhost\r\nA B\u0001: c\r\n\r\n")) {
            assertThat(RawHttp.exchange(control.api().port(), request))
                    .as(request)
                    .contains(" 400 ", "application/problem+json", "(expected: HTTP/1.1 as in RFC 9112)");
        }
    }

    @Test
    void aTargetThatIsNoTextNamesNothing() throws IOException {
        for (String target : List.of("%ff%fe", "%c0%80", "%ed%a0%80", "a%00b", "a%0ab", "a%7f", "a?wait=%00")) {
            String answer = raw("PUT /v1/lanes/" + target);
            assertThat(answer).as(target).startsWith("HTTP/1.1 400").contains("application/problem+json");
        }
        assertThat(control.get("/v1/lanes").body()).doesNotContain("\uFFFD");
        assertThat(control.put("/v1/lanes/caf%C3%A9-1", "{}").status()).isEqualTo(201);
        assertThat(control.post("/v1/gateways/g%00/report", "{}").status()).isEqualTo(400);
    }

    @Test
    void aRequestWithoutAHostIsRefusedInEachVersion() throws IOException {
        for (String version : List.of("1.0", "1.1")) {
            String request = "GET /v1/table HTTP/" + version + "\r\nConnection: close\r\n\r\n";
            assertThat(RawHttp.exchange(control.api().port(), request))
                    .as(version)
                    .contains(" 400 ");
        }
    }

    @Test
    void aTextThatCannotBeKeptOrShownIsRefused() {
        for (String text : List.of("\\u0000", "a\\u001b[31m", "\\ud800", "\\udc00x", "\\u0085")) {
            Answer lane = control.put("/v1/lanes/f-1", "{\"description\":\"" + text + "\"}");
            assertThat(lane.status()).as(text).isEqualTo(422);
            assertThat(pointers(lane)).as(text).containsExactly("/description");
            String pin = "{\"environments\":[{\"lane\":\"G0\",\"share\":\"0%\",\"tenants\":{\"include\":[\"" + text
                    + "\"]}}]}";
            assertThat(control.put("/v1/shifts/default", pin).status()).as(text).isEqualTo(422);
        }
        assertThat(control.put("/v1/lanes/f-1", "{}", "X-Reason", "a\tb").status())
                .isEqualTo(422);
        assertThat(control.put("/v1/lanes/f-1", "{\"description\":\"two\\nlines \\ud83d\\ude00\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aLifeThatNoClockReachesIsRefused() {
        for (String life : List.of(
                "\"ttl\":\"99999999999999d\"",
                "\"ttl\":\"3651d\"",
                "\"expiresAt\":\"+999999999-01-01T00:00:00Z\"",
                "\"expiresAt\":\"9999-12-31T23:59:59-01:00\"",
                "\"expiresAt\":\"1969-12-31T23:59:59Z\"")) {
            assertThat(control.put("/v1/lanes/f-8", "{" + life + "}").status())
                    .as(life)
                    .isEqualTo(422);
            String lanes = "{\"lanes\":[{\"name\":\"f-8\"," + life + "}]}";
            assertThat(control.post("/v1/apply", lanes).status()).as(life).isEqualTo(422);
            assertThat(control.put("/v1/table", lanes).status()).as(life).isEqualTo(422);
        }
        assertThat(control.put("/v1/lanes/f-8", "{\"ttl\":\"3650d\"}").status()).isEqualTo(201);
        assertThat(control.get("/v1/lanes/f-8").status()).isEqualTo(200);
        assertThat(control.put("/v1/lanes/f-8?timeout=999999999999999d", "{}").status())
                .isEqualTo(400);
    }

    @Test
    void headIsGetWithoutItsBody() throws IOException {
        String head = raw("HEAD /v1/lanes/f-1");
        assertThat(head).startsWith("HTTP/1.1 200").contains("etag: \"1\"").endsWith("\r\n\r\n");
        assertThat(raw("HEAD /v1/lanes/nobody")).startsWith("HTTP/1.1 404").endsWith("\r\n\r\n");
    }

    @Test
    void whatDidNotChangeIsNotSentAgain() {
        assertThat(control.get("/v1/lanes/f-1", "If-None-Match", "\"1\"").status())
                .isEqualTo(304);
        Answer weak = control.get("/v1/table", "If-None-Match", "\"9\", W/\"1\"");
        assertThat(weak.status()).isEqualTo(304);
        assertThat(weak.etag()).isEqualTo("\"1\"");
        assertThat(weak.body()).isEmpty();
        control.put("/v1/lanes/f-1", "{\"description\":\"x\"}");
        assertThat(control.get("/v1/lanes/f-1", "If-None-Match", "\"1\"").status())
                .isEqualTo(200);
    }

    @Test
    void ifNoneMatchMakesOnlyWhatIsNotThere() {
        assertThat(control.put("/v1/lanes/new", "{}", "If-None-Match", "*").status())
                .isEqualTo(201);
        Answer again = control.put("/v1/lanes/new", "{\"keep\":true}", "If-None-Match", "*");
        assertThat(again.status()).isEqualTo(412);
        assertThat(again.body()).contains("none yet");
        assertThat(control.get("/v1/lanes/new").json().getBoolean("keep")).isNull();
        assertThat(control.put("/v1/lanes/new", "{}", "If-None-Match", "\"2\"").status())
                .isEqualTo(400);
        assertThat(control.put("/v1/lanes/x", "{}", "If-Match", "*").status()).isEqualTo(412);
        assertThat(control.put("/v1/lanes/new", "{}", "If-Match", "2").status())
                .as("no quotes")
                .isEqualTo(400);
        assertThat(control.put("/v1/lanes/new", "{}", "If-Match", "*").status()).isEqualTo(200);
    }

    @Test
    void aMistypedQueryChangesNothing() {
        Answer wrong = control.put("/v1/lanes/f-9?dryrun=true&wait=never&timeout=soon", "{}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(pointers(wrong)).containsExactly("/dryrun", "/wait", "/timeout");
        assertThat(control.put("/v1/lanes/f-9?dryRun=perhaps", "{}").status()).isEqualTo(400);
        assertThat(control.put("/v1/lanes/f-9?dryRun=true&dryRun=false", "{}").status())
                .isEqualTo(400);
        assertThat(control.get("/v1/lanes/f-9").status()).isEqualTo(404);
        assertThat(control.get("/v1/revisions?limt=2").status()).isEqualTo(400);
    }

    @Test
    void aWatchThatAsksWronglyIsAnsweredAtOnce() {
        assertThat(control.get("/v1/table/watch?from=abc").status()).isEqualTo(400);
        try (TestWatch watch = control.watch("?from=0&gateway=g-1&zone=later")) {
            assertThat(watch.next().name()).as("a newer gateway may say more").isEqualTo("snapshot");
        }
    }

    @Test
    void aCallThatTakesNoBodyRefusesOneThatSaysSomething() {
        assertThat(control.post("/v1/lanes/f-1/renew", "{\"ttl\":\"9d\"}").status())
                .isEqualTo(422);
        assertThat(control.post("/v1/lanes/f-1/renew", "{}").status()).isEqualTo(200);
        assertThat(control.post("/v1/revisions/1/restore", "{\"to\":2}").status())
                .isEqualTo(422);
        control.put("/v1/shifts/default/plan", "{\"lane\":\"G0\",\"steps\":[\"5%\",\"20%\"]}");
        assertThat(control.post("/v1/shifts/default/plan/promote", "{\"share\":\"50%\"}")
                        .status())
                .isEqualTo(422);
        assertThat(control.get("/v1/shifts/default/plan").json().getInteger("step"))
                .isZero();
        assertThat(control.post("/v1/lanes/sweep?dryRun=false", "").status()).isEqualTo(400);
    }

    @Test
    void aCompressedBodyIsRefusedByName() {
        Answer answer = control.put("/v1/lanes/f-9", "{}", "Content-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("accept-encoding")).hasValue("identity");
    }

    @Test
    void aPageOfAnotherSiteChangesNothingInABrowserOnThisMachine() {
        String evil = "https://evil.example.com";
        assertThat(control.post("/v1/apply", "{\"lanes\":[{\"name\":\"f-9\"}]}", "Origin", evil)
                        .status())
                .isEqualTo(403);
        assertThat(control.post("/v1/apply", "{\"lanes\":[{\"name\":\"f-9\"}]}", "Origin", "null")
                        .status())
                .isEqualTo(403);
        assertThat(control.get("/v1/lanes/f-9").status()).isEqualTo(404);
        assertThat(control.put("/v1/lanes/f-9", "{}", "Origin", control.api().url())
                        .status())
                .as("a page that came from here")
                .isEqualTo(201);
    }

    @Test
    void whatIsReadOfALaneCanBePutBack() {
        control.put("/v1/lanes/f-9", "{\"ttl\":\"2d\",\"description\":\"x\"}");
        JsonObject read = control.get("/v1/lanes/f-9").json();
        assertThat(read.getString("idleUntil")).isNotNull();
        Answer back = control.put("/v1/lanes/f-9", read.encode());
        assertThat(back.status()).as(back.body()).isEqualTo(200);
        assertThat(back.json().getBoolean("changed")).isFalse();
    }

    @Test
    void aProblemIsPlacedInTheDocumentThatWasSent() {
        assertThat(pointers(control.put(
                        "/v1/shifts/default",
                        "{\"environments\":[{\"lane\":\"G0\",\"share\":\"1%\"},{\"lane\":\"zz\",\"share\":\"1%\"}]}")))
                .contains("/environments/1/lane")
                .noneMatch(pointer -> pointer.startsWith("/shifts"));
        assertThat(pointers(control.put("/v1/services/c", "{\"hosts\":[\"c.example.com\",\"a.example.com\"]}")))
                .containsExactly("/hosts/1");
        assertThat(pointers(control.put("/v1/lanes/f-9", "{\"parent\":\"nobody\"}")))
                .containsExactly("/parent");
        Answer several = control.post("/v1/apply", "{\"lanes\":[{\"name\":\"f-9\",\"parent\":\"nobody\"}]}");
        assertThat(pointers(several)).as("several objects: places in the table").containsExactly("/lanes/4/parent");
    }

    @Test
    void theBaseLaneIsNobodysToChange() {
        assertThat(control.put("/v1/lanes/master", "{}").status()).isEqualTo(409);
        assertThat(control.delete("/v1/lanes/master").status()).isEqualTo(409);
    }

    @Test
    void aPreviewNamesEverythingThatIsWrong() {
        Answer wrong = control.post(
                "/v1/shifts/default/preview",
                "{\"tenants\":[\"t1\",{}],\"environments\":[{\"lane\":\"G0\",\"share\":\"x\"}],\"zz\":1}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(pointers(wrong)).contains("/tenants/1", "/environments/0/share", "/zz");
    }
}
