package io.laneway.control.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages and filters of every list; by PostgreSQL as well where the database filters. */
@TestInstance(Lifecycle.PER_CLASS)
class ListsIT {

    private static final String TABLE = """
            {"lanes": [{"name": "zeta", "description": "new Cart"}, {"name": "G0", "keep": true},
                       {"name": "f-1", "parent": "G0"}, {"name": "gone", "state": "expired"}],
             "services": [
               {"name": "order", "hosts": ["shop.example.com"], "shift": "default",
                "deployments": [{"lane": "master", "endpoints": ["127.0.0.1:9001"]},
                                {"lane": "f-1", "endpoints": ["127.0.0.1:9002"]}]},
               {"name": "stock", "namespace": "shop", "deployments": [
                {"lane": "G0", "endpoints": ["127.0.0.1:9005"]}]}],
             "shifts": [{"name": "other", "enabled": false, "tenant": [{"header": "x"}]},
                        {"name": "default", "tenant": [{"header": "x"}],
                         "environments": [{"lane": "G0", "share": "20%"}]}]}
            """;

    private TestControl control;

    @BeforeAll
    void start(@TempDir Path directory) {
        control = filled(ControlConfig.in(directory, 0));
    }

    private static TestControl filled(ControlConfig config) {
        TestControl control = TestControl.start(config);
        assertThat(control.put("/v1/table", TABLE).status()).isEqualTo(200);
        control.put("/v1/lanes/f-2", "{}", "X-Reason", "50%_off");
        control.put("/v1/services/order/deployments/f-2", "{\"endpoints\":[\"127.0.0.1:9009\"]}");
        control.put("/v1/shifts/default", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"5%\"}]}");
        for (String gateway : List.of("gw-2", "gw-1")) {
            control.post(
                    "/v1/gateways/" + gateway + "/report",
                    "{\"started\":\"1\",\"version\":\"" + gateway.replace("gw", "v") + "\"}");
        }
        return control;
    }

    @AfterAll
    void stop() {
        control.close();
    }

    private static List<String> texts(JsonObject body, String list, String key) {
        JsonArray items = body.getJsonArray(list);
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(String.valueOf(((JsonObject) item).getValue(key))));
        return texts;
    }

    @ParameterizedTest
    @CsvSource({
        "lanes, name, '', zeta G0 f-1 gone f-2",
        "lanes, name, ?q=CART, zeta",
        "lanes, name, ?state=expired, gone",
        "lanes, name, ?parent=g0, f-1",
        "lanes, name, ?service=order, f-1 f-2",
        "lanes, name, ?service=stock.shop, G0",
        "lanes, name, ?service=none, ''",
        "lanes, name, ?keep=true, G0",
        "lanes, name, ?limit=2, f-1 f-2",
        "lanes, name, ?limit=2&after=f-2, G0 gone",
        "lanes, name, ?after=gone, zeta",
        "services, name, '', order stock",
        "services, name, ?q=SHOP.ex, order",
        "services, name, ?lane=F-2, order",
        "services, name, ?namespace=shop, stock",
        "services, name, ?shift=default, order",
        "services, name, ?limit=1&after=order, stock",
        "shifts, name, '', other default",
        "shifts, name, ?enabled=false, other",
        "shifts, name, ?lane=g0, default",
        "shifts, name, ?limit=1, default",
        "gateways, id, '', gw-1 gw-2",
        "gateways, id, ?version=v-2, gw-2",
        "gateways, id, ?connected=false, ''",
        "gateways, id, ?limit=1&after=gw-1, gw-2",
        "revisions, subject, ?lane=f-2, deployment order/f-2 lane f-2",
        "revisions, subject, ?service=order, deployment order/f-2",
        "revisions, subject, ?shift=default, shift default",
        "revisions, subject, ?q=50%25_OFF, lane f-2",
        "revisions, subject, ?q=50__off, ''",
        "revisions, subject, ?action=deploy&who=anonymous, deployment order/f-2",
        "revisions, subject, ?who=ada, ''",
        "revisions, subject, ?limit=1&after=3, lane f-2",
    })
    void aListHasWhatIsAskedFor(String list, String key, String query, String expected) {
        Answer answer = control.get("/v1/" + list + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(String.join(" ", texts(answer.json(), list, key))).isEqualTo(expected);
    }

    @Test
    void findingsAreChosenByRuleServiceLaneAndText() {
        JsonObject all = control.get("/v1/lint").json();
        assertThat(texts(all, "findings", "subject")).contains("lane zeta", "service stock.shop");
        assertThat(texts(control.get("/v1/lint?lane=zeta").json(), "findings", "subject"))
                .containsExactly("lane zeta");
        assertThat(texts(control.get("/v1/lint?service=stock.shop").json(), "findings", "rule"))
                .containsExactly("service-without-base");
        assertThat(texts(
                        control.get("/v1/lint?rule=lane-without-deployments&q=ZET")
                                .json(),
                        "findings",
                        "subject"))
                .containsExactly("lane zeta");
    }

    @Test
    void pagesTogetherAreTheWholeList() {
        for (String list : List.of("lanes", "services", "shifts", "gateways", "revisions", "lint")) {
            String items = list.equals("lint") ? "findings" : list;
            JsonArray whole = control.get("/v1/" + list).json().getJsonArray(items);
            List<Object> seen = new ArrayList<>();
            String next = "";
            while (next != null) {
                String after = next.isEmpty()
                        ? ""
                        : "&after=" + next.replace(" ", "%20").replace(":", "%3A");
                JsonObject page =
                        control.get("/v1/" + list + "?limit=1" + after).json();
                page.getJsonArray(items).forEach(item -> seen.add(timeless(item)));
                next = page.getString("next");
            }
            List<Object> expected = new ArrayList<>();
            whole.forEach(item -> expected.add(timeless(item)));
            assertThat(seen).as(list).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static JsonObject timeless(Object item) {
        JsonObject copy = ((JsonObject) item).copy();
        copy.remove("lastSeen");
        return copy;
    }

    @ParameterizedTest
    @CsvSource({
        "lanes?state=gone, state",
        "lanes?keep=perhaps, keep",
        "lanes?service=, service",
        "lanes?limit=0, limit",
        "lanes?mode=strict, mode",
        "services?limit=1001, limit",
        "services?state=active, state",
        "shifts?enabled=1, enabled",
        "gateways?connected=no, connected",
        "gateways?limit=x, limit",
        "tokens?role=boss, role",
        "audit?after=x, after",
        "revisions?after=f-1, after",
        "revisions?lane=f-*, lane",
        "lint?limit=-1, limit"
    })
    void aWrongValueIsRefusedByName(String call, String name) {
        Answer answer = control.get("/v1/" + call);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("pointer"))
                .isEqualTo("/" + name);
    }

    @Test
    void onPostgresTheDatabaseFiltersAlike(@TempDir Path directory) {
        StoreConfig.Postgres store = Postgres.fresh();
        try (TestControl shared = filled(ControlConfig.in(directory, 0).with(store))) {
            for (String query : List.of("?lane=f-2", "?q=50%25_OFF", "?q=50__off", "?service=order&action=deploy")) {
                assertThat(texts(shared.get("/v1/revisions" + query).json(), "revisions", "subject"))
                        .as(query)
                        .isEqualTo(texts(control.get("/v1/revisions" + query).json(), "revisions", "subject"));
            }
            String admin = shared.post("/v1/tokens", "{\"subject\":\"ada\",\"role\":\"admin\"}")
                    .json()
                    .getString("token");
            String[] bearer = {"Authorization", "Bearer " + admin};
            shared.post("/v1/tokens", "{\"subject\":\"ci\",\"role\":\"viewer\"}", bearer);
            assertThat(texts(shared.get("/v1/tokens?role=viewer", bearer).json(), "tokens", "subject"))
                    .containsExactly("ci");
            assertThat(texts(shared.get("/v1/tokens?q=AD&limit=1", bearer).json(), "tokens", "subject"))
                    .containsExactly("ada");
            assertThat(texts(shared.get("/v1/audit?who=ada", bearer).json(), "audit", "detail"))
                    .containsExactly("viewer ci");
            JsonObject page =
                    shared.get("/v1/audit?limit=1&action=create", bearer).json();
            assertThat(texts(
                            shared.get("/v1/audit?after=" + page.getString("next"), bearer)
                                    .json(),
                            "audit",
                            "who"))
                    .containsExactly("anonymous");
        }
    }
}
