package io.laneway.control.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch;
import io.laneway.control.TestWatch.Event;
import io.laneway.control.store.Postgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console sees change, over real sockets. */
class EventsIT {

    private static final String TABLE = """
            {"lanes": [{"name": "G0"}, {"name": "f-1"}],
             "services": [{"name": "order", "deployments": [
                {"lane": "master", "endpoints": ["127.0.0.1:9001"]},
                {"lane": "G0", "endpoints": ["127.0.0.1:9002"]},
                {"lane": "f-1", "endpoints": ["127.0.0.1:9003"]}]}],
             "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}],
                         "environments": [{"lane": "G0", "share": "20%"}]}]}
            """;

    @TempDir
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private TestControl control() {
        TestControl control = opened(TestControl.start(ControlConfig.in(directory, 0)));
        control.put("/v1/table", TABLE);
        return control;
    }

    private TestWatch events(TestControl control, String... headers) {
        TestWatch events = opened(TestWatch.open(control.api().url() + "/v1/events", headers));
        return events;
    }

    private static JsonArray names(String... names) {
        return new JsonArray(List.of(names));
    }

    @Test
    void aChangeIsSaidWithWhoMadeItAndTheRowsThatLookOtherwise() {
        TestControl control = control();
        TestWatch events = events(control);
        Event begin = events.next();
        assertThat(begin.name()).isEqualTo("open");
        assertThat(begin.data().getLong("revision")).isEqualTo(1);
        assertThat(begin.data().getBoolean("resumed")).isFalse();

        control.put("/v1/lanes/f-2", "{\"description\":\"new\"}", "X-Reason", "a try");
        JsonObject revision = events.next("revision").data();
        assertThat(revision.getLong("revision")).isEqualTo(2);
        assertThat(revision.getString("who")).isEqualTo("anonymous");
        assertThat(revision.getString("why")).isEqualTo("a try");
        assertThat(revision.getString("subject")).isEqualTo("lane f-2");
        assertThat(revision.getJsonObject("touched").getJsonArray("lanes")).isEqualTo(names("f-2"));
        assertThat(revision.getJsonObject("touched").getJsonArray("services")).isEmpty();
        JsonObject rows = events.next("lanes").data();
        assertThat(rows.getJsonArray("lanes")).hasSize(1);
        assertThat(rows.getJsonArray("lanes").getJsonObject(0).getString("description"))
                .isEqualTo("new");

        control.put("/v1/services/order/deployments/f-2", "{\"endpoints\":[\"127.0.0.1:9004\"]}");
        JsonObject own = events.next("lanes").data().getJsonArray("lanes").getJsonObject(0);
        assertThat(own.getString("name")).isEqualTo("f-2");
        assertThat(own.getJsonArray("services").getJsonObject(0).getString("service"))
                .isEqualTo("order");
        assertThat(events.next("services")
                        .data()
                        .getJsonArray("services")
                        .getJsonObject(0)
                        .getInteger("deployments"))
                .isEqualTo(4);

        control.delete("/v1/lanes/f-2");
        assertThat(events.next("lanes").data().getJsonArray("removed")).isEqualTo(names("f-2"));
        control.put("/v1/shifts/default", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"30%\"}]}");
        JsonObject shift = events.next("shifts").data().getJsonArray("shifts").getJsonObject(0);
        assertThat(shift.getJsonArray("environments").getJsonObject(0).getString("share"))
                .isEqualTo("30%");
    }

    @Test
    void moreRowsThanAreWorthSendingAreToBeReadAgain() {
        TestControl control = control();
        TestWatch events = events(control);
        events.next("open");
        JsonArray lanes = new JsonArray();
        for (int i = 0; i < 150; i++) {
            lanes.add(new JsonObject().put("name", "many-" + i));
        }
        assertThat(control.post(
                                "/v1/apply",
                                new JsonObject().put("lanes", lanes).encode())
                        .status())
                .isEqualTo(200);
        JsonObject revision = events.next("revision").data();
        assertThat(revision.getJsonObject("touched").getJsonArray("lanes")).hasSize(100);
        assertThat(revision.getInteger("more")).isEqualTo(50);
        JsonObject rows = events.next("lanes").data();
        assertThat(rows.getBoolean("reload")).isTrue();
        assertThat(rows.getJsonArray("lanes")).isEmpty();
    }

    @Test
    void plansGatewaysAndFindingsAreSaidWhenTheyChange() {
        TestControl control = control();
        TestWatch events = events(control);
        events.next("open");
        control.put(
                "/v1/shifts/default/plan",
                "{\"lane\":\"G0\",\"steps\":[{\"share\":\"30%\",\"pause\":\"1h\"},\"100%\"]}");
        JsonObject plan = events.next("plan").data();
        assertThat(plan.getString("status")).isEqualTo("running");
        assertThat(plan.getString("shift")).isEqualTo("default");
        control.post("/v1/shifts/default/plan/pause", null);
        assertThat(events.next("plan").data().getString("status")).isEqualTo("paused");
        control.delete("/v1/shifts/default/plan");
        assertThat(events.next("plan").data().getBoolean("removed")).isTrue();

        control.post("/v1/gateways/gw-1/report", "{\"version\":\"1\",\"started\":\"1\",\"revision\":1}");
        JsonObject gateway =
                events.next("gateways").data().getJsonArray("gateways").getJsonObject(0);
        assertThat(gateway.getString("id")).isEqualTo("gw-1");
        assertThat(gateway.getBoolean("connected")).isTrue();

        control.put("/v1/lanes/empty", "{}");
        JsonObject lint = events.next("lint").data();
        assertThat(lint.getJsonArray("new").getJsonObject(0).getString("subject"))
                .isEqualTo("lane empty");
        control.delete("/v1/lanes/empty");
        assertThat(events.next("lint").data().getJsonArray("gone")).hasSize(1);
    }

    private static void report(TestControl control, String gateway, int requests, int errors) {
        String totals = "{\"service\":\"order\",\"lane\":\"f-1\",\"requested\":\"f-1\",\"requests\":" + requests
                + ",\"errors\":" + errors + ",\"latency\":{\"5\":" + requests + "}}";
        control.post("/v1/gateways/" + gateway + "/report", "{\"started\":\"1\",\"lanes\":[" + totals + "]}");
    }

    @Test
    void whatPassesIsSaidOfThoseWhoseNumbersChanged() {
        TestControl control = control();
        report(control, "gw", 100, 0);
        TestWatch events = events(control);
        events.next("open");
        assertThat(events.next("traffic").data().getJsonArray("lanes")).isEmpty();
        report(control, "gw", 142, 2);
        JsonArray lanes = new JsonArray();
        while (lanes.isEmpty()) {
            JsonObject traffic = events.next("traffic").data();
            lanes = traffic.getJsonArray("lanes");
            assertThat(traffic.getInteger("window")).isEqualTo(60);
        }
        JsonObject lane = lanes.getJsonObject(0);
        assertThat(lane.getString("lane")).isEqualTo("f-1");
        assertThat(lane.getInteger("requests")).isEqualTo(42);
        assertThat(lane.getInteger("errors")).isEqualTo(2);
        assertThat(lane.getInteger("served")).isEqualTo(42);
        assertThat(lane.getJsonArray("recent")).hasSize(6);
        assertThat(lane.getJsonArray("services"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("service", "order")
                                .put("requests", 42)
                                .put("errors", 2)));
    }

    @Test
    void aReaderThatComesAgainMissesNothing() throws Exception {
        TestControl control = control();
        TestWatch first = events(control);
        first.next("open");
        control.put("/v1/lanes/f-2", "{}");
        first.next("revision");
        String last = first.lastId();
        first.close();
        control.put("/v1/lanes/f-3", "{}");

        TestWatch again = events(control, "Last-Event-ID", last);
        assertThat(again.next("open").data().getBoolean("resumed")).isTrue();
        assertThat(again.next("revision").data().getLong("revision")).isEqualTo(3);
        TestWatch other = events(control, "Last-Event-ID", "0123-1");
        assertThat(other.next("open").data().getBoolean("resumed")).isFalse();
    }

    @Test
    void aReplicaSaysWhatHappenedAtTheOther() {
        ControlConfig config = ControlConfig.in(directory, 0).with(Postgres.fresh());
        TestControl one = opened(TestControl.start(config));
        TestControl two = opened(TestControl.start(config));
        one.put("/v1/table", TABLE);
        await().until(() -> two.get("/v1/lanes/f-1").status() == 200);
        TestWatch events = events(two);
        events.next("open");
        one.put("/v1/lanes/f-2", "{}", "X-Reason", "from the other");
        assertThat(events.next("revision").data().getString("why")).isEqualTo("from the other");
        one.put(
                "/v1/shifts/default/plan",
                "{\"lane\":\"G0\",\"steps\":[{\"share\":\"30%\",\"pause\":\"1h\"},\"100%\"]}");
        assertThat(events.next("plan").data().getString("status")).isEqualTo("running");
        one.post("/v1/gateways/gw-1/report", "{\"version\":\"1\",\"started\":\"1\",\"revision\":1}");
        assertThat(events.next("gateways")
                        .data()
                        .getJsonArray("gateways")
                        .getJsonObject(0)
                        .getString("id"))
                .isEqualTo("gw-1");
    }

    @Test
    void viewersReadThemAndGatewaysDoNot() {
        TestControl control = control();
        String admin = token(control, "admin", "");
        String viewer = token(control, "viewer", "", "Authorization", admin);
        String gateway = token(control, "gateway", "gw-1", "Authorization", admin);
        TestWatch events = events(control, "Authorization", viewer);
        assertThat(events.next().name()).isEqualTo("open");
        assertThat(control.get("/v1/events", "Authorization", gateway).status()).isEqualTo(403);
        assertThat(control.get("/v1/events").status()).isEqualTo(401);
        assertThat(control.get("/v1/events?lane=f-1", "Authorization", viewer).status())
                .isEqualTo(400);

        JsonObject tokens = control.get("/v1/tokens", "Authorization", admin).json();
        String id = tokens.getJsonArray("tokens").stream()
                .map(JsonObject.class::cast)
                .filter(token -> token.getString("role").equals("viewer"))
                .findFirst()
                .orElseThrow()
                .getString("id");
        control.delete("/v1/tokens/" + id, "Authorization", admin);
        await().until(events::ended);
        assertThat(control.get("/v1/events", "Authorization", viewer).status()).isEqualTo(401);
    }

    private static String token(TestControl control, String role, String gateways, String... headers) {
        String limit = gateways.isEmpty() ? "" : ",\"gateways\":\"" + gateways + "\"";
        Answer made = control.post(
                "/v1/tokens", "{\"subject\":\"" + role + "\",\"role\":\"" + role + "\"" + limit + "}", headers);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return "Bearer " + made.json().getString("token");
    }
}
