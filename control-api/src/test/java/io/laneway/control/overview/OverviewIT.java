package io.laneway.control.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlConfig;
import io.laneway.control.LargeTable;
import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.store.Postgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first page of a console, as a client gets it. */
class OverviewIT {

    static final String TABLE = """
            {"lanes": [{"name": "G0"}, {"name": "f-1", "parent": "G0", "description": "new cart"},
                       {"name": "alone", "mode": "strict"}, {"name": "old", "state": "expired"}],
             "services": [
               {"name": "order", "deployments": [
                 {"lane": "master", "endpoints": ["127.0.0.1:9001"]},
                 {"lane": "G0", "endpoints": ["127.0.0.1:9002", "127.0.0.1:9003"]},
                 {"lane": "f-1", "endpoints": [{"address": "127.0.0.1:9004", "ready": false}]}]},
               {"name": "stock", "namespace": "shop",
                "deployments": [{"lane": "master", "endpoints": ["127.0.0.1:9005"]}]},
               {"name": "lost", "deployments": [{"lane": "f-1", "endpoints": ["127.0.0.1:9006"]}]}],
             "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}],
                         "environments": [{"lane": "G0", "share": "20%", "requests": "5%"}]}]}
            """;

    @TempDir
    private Path directory;

    private static List<String> names(JsonArray rows) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(((JsonObject) row).getString("name")));
        return names;
    }

    private static JsonObject row(JsonObject body, String list, String name) {
        return body.getJsonArray(list).stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + body.getJsonArray(list)));
    }

    private static void report(TestControl control, String gateway, String... totals) {
        Answer answer = control.post(
                "/v1/gateways/" + gateway + "/report",
                "{\"started\":\"1\",\"revision\":1,\"lanes\":[" + String.join(",", totals) + "]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static String totals(String service, String lane, String requested, int requests, int errors) {
        int absent = lane.equals(requested) || requested.isEmpty() ? 0 : requests;
        return "{\"service\":\"" + service + "\",\"lane\":\"" + lane + "\",\"requested\":\"" + requested
                + "\",\"requests\":" + requests + ",\"errors\":" + errors + ",\"fallbacks\":{\"absent\":" + absent
                + "},\"latency\":{\"5\":" + requests + "}}";
    }

    @Test
    void oneCallSaysWhoServesEachLaneAndWhatPassed() {
        try (TestControl control = TestControl.start(directory)) {
            assertThat(control.put("/v1/table", TABLE).status()).isEqualTo(200);
            report(control, "gw", totals("order", "G0", "f-1", 1_000, 0));
            report(
                    control,
                    "gw",
                    totals("order", "G0", "f-1", 1_040, 2),
                    totals("lost", "f-1", "f-1", 10, 1),
                    totals("order", "master", "", 7, 0),
                    totals("order", "master", "master", 3, 0));

            JsonObject body = control.get("/v1/overview").json();
            assertThat(names(body.getJsonArray("lanes"))).containsExactly("alone", "f-1", "G0", "old");
            assertThat(body.getJsonArray("ancestors")).isEmpty();
            JsonObject lane = row(body, "lanes", "f-1");
            assertThat(lane.getJsonArray("fallsBackTo"))
                    .isEqualTo(new JsonArray().add("G0").add("master"));
            assertThat(lane.getJsonArray("services"))
                    .isEqualTo(new JsonArray()
                            .add(new JsonObject()
                                    .put("service", "lost")
                                    .put("endpoints", 1)
                                    .put("usable", 1)
                                    .put("requests", 10)
                                    .put("errors", 1))
                            .add(new JsonObject()
                                    .put("service", "order")
                                    .put("endpoints", 1)
                                    .put("usable", 0)));
            assertThat(lane.getInteger("requests")).isEqualTo(50);
            assertThat(lane.getInteger("errors")).isEqualTo(3);
            assertThat(lane.getInteger("fallbacks")).isEqualTo(40);
            assertThat(lane.getInteger("served")).isEqualTo(10);
            assertThat(lane.getJsonArray("sparkline").stream()
                            .mapToInt(Integer.class::cast)
                            .sum())
                    .isEqualTo(50);
            assertThat(row(body, "lanes", "G0").getInteger("served")).isEqualTo(40);
            assertThat(row(body, "lanes", "G0").getJsonArray("environmentOf"))
                    .isEqualTo(new JsonArray().add("default"));
            assertThat(row(body, "lanes", "alone").getJsonArray("fallsBackTo")).isEmpty();
            assertThat(row(body, "lanes", "old").getJsonArray("fallsBackTo")).isEqualTo(new JsonArray().add("master"));
            assertThat(body.getJsonObject("baseLane").getInteger("requests")).isEqualTo(10);
            assertThat(row(body, "services", "order").getJsonObject("base"))
                    .isEqualTo(new JsonObject().put("endpoints", 1).put("usable", 1));
            assertThat(row(body, "services", "lost").containsKey("base")).isFalse();
            assertThat(row(body, "services", "stock").getString("id")).isEqualTo("stock.shop");
            assertThat(row(body, "shifts", "default")
                            .getJsonArray("environments")
                            .getJsonObject(0))
                    .isEqualTo(new JsonObject()
                            .put("lane", "G0")
                            .put("share", "20%")
                            .put("requests", "5%"));
            assertThat(body.getJsonArray("gateways").getJsonObject(0).getLong("lag"))
                    .isNotNull();
            assertThat(body.getJsonObject("counts"))
                    .isEqualTo(new JsonObject()
                            .put("lanes", 4)
                            .put("services", 3)
                            .put("deployments", 5)
                            .put("gateways", 1)
                            .put("connected", 1));
        }
    }

    @Test
    void pagesHaveEachLaneOnceWhileOthersComeAndGo() {
        try (TestControl control = TestControl.start(directory)) {
            control.put("/v1/table", TABLE);
            for (int i = 0; i < 5; i++) {
                control.put("/v1/lanes/b-" + i, "{\"parent\": \"f-1\"}");
            }
            JsonObject first = control.get("/v1/overview?q=B-&limit=2").json();
            assertThat(names(first.getJsonArray("lanes"))).containsExactly("b-0", "b-1");
            assertThat(first.getInteger("total")).isEqualTo(5);
            assertThat(names(first.getJsonArray("ancestors"))).containsExactly("f-1", "G0");
            control.delete("/v1/lanes/" + first.getString("next"));
            control.put("/v1/lanes/b-00", "{}");
            JsonObject next = control.get("/v1/overview?q=B-&limit=2&after=" + first.getString("next"))
                    .json();
            assertThat(names(next.getJsonArray("lanes"))).containsExactly("b-2", "b-3");
            assertThat(next.containsKey("services")).isFalse();
            JsonObject last = control.get("/v1/overview?q=B-&limit=2&after=" + next.getString("next"))
                    .json();
            assertThat(names(last.getJsonArray("lanes"))).containsExactly("b-4");
            assertThat(last.containsKey("next")).isFalse();
        }
    }

    @Test
    void lanesAreChosenByStateServiceNameAndTextAndOrderedByWhatPassed() {
        try (TestControl control = TestControl.start(directory)) {
            control.put("/v1/table", TABLE);
            report(control, "gw");
            report(
                    control,
                    "gw",
                    totals("order", "master", "alone", 30, 0),
                    totals("order", "master", "f-1", 20, 9),
                    totals("order", "G0", "G0", 40, 1));
            assertThat(lanes(control, "?state=expired")).containsExactly("old");
            assertThat(lanes(control, "?service=order")).containsExactly("f-1", "G0");
            assertThat(lanes(control, "?lane=old,F-1")).containsExactly("f-1", "old");
            assertThat(lanes(control, "?q=CART")).containsExactly("f-1");
            assertThat(lanes(control, "?sort=requests")).containsExactly("G0", "alone", "f-1", "old");
            assertThat(lanes(control, "?sort=errors")).containsExactly("f-1", "G0", "alone", "old");
            JsonObject first = control.get("/v1/overview?sort=requests&limit=2").json();
            assertThat(lanes(control, "?sort=requests&limit=2&after=" + first.getString("next")))
                    .containsExactly("f-1", "old");
        }
    }

    private static List<String> lanes(TestControl control, String query) {
        return names(control.get("/v1/overview" + query).json().getJsonArray("lanes"));
    }

    @Test
    void aWrongValueIsRefusedByName() {
        try (TestControl control = TestControl.start(directory)) {
            for (String query : List.of(
                    "limit=0",
                    "limit=1001",
                    "limit=many",
                    "state=gone",
                    "sort=size",
                    "after=f-1&sort=requests",
                    "lane=",
                    "lane=a%2C%2Cb",
                    "page=2",
                    "q=a&q=b")) {
                Answer answer = control.get("/v1/overview?" + query);
                assertThat(answer.status()).as(query).isEqualTo(400);
                assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("pointer"))
                        .as(query)
                        .isEqualTo("/" + query.substring(0, query.indexOf('=')));
            }
        }
    }

    @Test
    void whatIsUnchangedIsNotSentAgain() {
        try (TestControl control = TestControl.start(directory)) {
            control.put("/v1/table", TABLE);
            // The slot that it names may change between two calls.
            String tag = await().until(() -> unchanged(control), Objects::nonNull);
            assertThat(tag).startsWith("W/\"");
            control.put("/v1/lanes/f-2", "{}");
            assertThat(control.get("/v1/overview", "If-None-Match", tag).status())
                    .isEqualTo(200);
        }
    }

    /** The tag of a response that is not sent a second time; null if it was. */
    private static @Nullable String unchanged(TestControl control) {
        String tag = control.get("/v1/overview").etag();
        Answer again = control.get("/v1/overview", "If-None-Match", tag);
        return again.status() == 304 ? tag : null;
    }

    @Test
    void eachReplicaKnowsWhatGatewaysReportedToTheOther() {
        ControlConfig config = ControlConfig.in(directory, 0).with(Postgres.fresh());
        try (TestControl one = TestControl.start(config);
                TestControl two = TestControl.start(config)) {
            one.put("/v1/table", TABLE);
            report(one, "a", totals("order", "G0", "G0", 100, 0));
            report(two, "b", totals("order", "G0", "G0", 100, 0));
            // Both have looked at both gateways before the next reports come.
            requests(one, "G0");
            requests(two, "G0");
            report(two, "a", totals("order", "G0", "G0", 130, 1));
            report(one, "b", totals("order", "G0", "G0", 112, 0));
            assertThat(requests(one, "G0")).isEqualTo(42);
            assertThat(requests(two, "G0")).isEqualTo(42);
        }
    }

    private static int requests(TestControl control, String lane) {
        return row(control.get("/v1/overview").json(), "lanes", lane).getInteger("requests");
    }

    @Test
    void aReportOfAllThatAGatewayCountsIsTaken() {
        StringBuilder latency = new StringBuilder();
        for (String bound :
                "0.5 1 2 3 5 7.5 10 15 25 50 75 100 150 250 500 1000 2500 5000 10000 30000 +Inf".split(" ")) {
            latency.append(latency.isEmpty() ? "" : ",")
                    .append('"')
                    .append(bound)
                    .append("\":1");
        }
        List<String> series = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            series.add("{\"service\":\"service-" + i % 800 + "\",\"lane\":\"master\",\"requested\":\"lane-" + i / 100
                    + "\",\"requests\":21,\"errors\":0,\"fallbacks\":{\"unready\":0,\"absent\":21},\"latency\":{"
                    + latency + "}}");
        }
        try (TestControl control = TestControl.start(directory)) {
            report(control, "gw");
            report(control, "gw", series.toArray(String[]::new));
            JsonObject first = control.get("/v1/traffic?lane=lane-7&limit=1").json();
            assertThat(first.getInteger("total")).isEqualTo(100);
            JsonObject cell = first.getJsonArray("cells").getJsonObject(0);
            assertThat(cell.getInteger("requests")).isEqualTo(21);
            assertThat(cell.getJsonArray("servedBy"))
                    .isEqualTo(new JsonArray()
                            .add(new JsonObject()
                                    .put("lane", "master")
                                    .put("requests", 21)
                                    .put("errors", 0)));
        }
    }

    @Test
    void theFirstPageOfALargeTableIsSmallAndPagesHoldTheRest() throws Exception {
        try (TestControl control = TestControl.start(directory)) {
            assertThat(control.put("/v1/table", LargeTable.json()).status()).isEqualTo(200);
            HttpResponse<byte[]> first = zipped(control, "/v1/overview");
            assertThat(first.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(first.body().length).isLessThanOrEqualTo(300_000);
            System.out.println("overview: first page " + first.body().length + " bytes compressed");
            JsonObject body = unzipped(first.body());
            assertThat(body.getJsonArray("services")).hasSize(LargeTable.SERVICES);
            List<String> seen = new ArrayList<>(names(body.getJsonArray("lanes")));
            String next = body.getString("next");
            while (next != null) {
                JsonObject page = unzipped(
                        zipped(control, "/v1/overview?limit=1000&after=" + next).body());
                seen.addAll(names(page.getJsonArray("lanes")));
                next = page.getString("next");
            }
            assertThat(seen).hasSize(LargeTable.LANES).doesNotHaveDuplicates();
        }
    }

    private static HttpResponse<byte[]> zipped(TestControl control, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(control.api().url() + path))
                .header("accept-encoding", "br;q=1.0, gzip;q=0.8")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    private static JsonObject unzipped(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
