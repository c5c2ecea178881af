package io.laneway.control.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch;
import io.laneway.control.TestWatch.Event;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.testkit.Crowd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as they finish, read at the control API; gateways are fakes on real sockets. */
class TailIT {

    private static final String KIND = "tail";
    private static final int PER_SECOND = 500;

    @TempDir
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private TestControl control(ControlConfig config) {
        TestControl control = opened(TestControl.start(config));
        control.put("/v1/table", "{\"lanes\": [{\"name\": \"f-1\"}]}");
        return control;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private static TestWatch tail(TestControl control, String query) {
        return TestWatch.open(control.api().url() + "/v1/tail" + query);
    }

    @Test
    void eachRecordIsAnEventAndWhatIsBeyondTheLimitIsCounted() {
        TestControl control = control(ControlConfig.in(directory, 0));
        FakeGateway gateway = opened(FakeGateway.start("gw", control, KIND));
        opened(FakeGateway.start("old", control));
        TestWatch reader = opened(tail(control, "?lane=f-1&status=5xx,404&share=10%25"));

        Event begin = reader.next();
        assertThat(begin.name()).isEqualTo("open");
        assertThat(begin.data().getJsonArray("asked")).isEqualTo(new JsonArray().add("gw"));
        assertThat(begin.data().getJsonArray("missing").getJsonObject(0).getString("gateway"))
                .isEqualTo("old");
        JsonObject question = gateway.question();
        assertThat(question.getJsonObject("filter"))
                .isEqualTo(new JsonObject()
                        .put("lane", "f-1")
                        .put("status", "5xx,404")
                        .put("share", "10%")
                        .put("limit", PER_SECOND));

        FakeGateway.Lines lines = opened(gateway.lines(control.api().url(), question));
        StringBuilder many = new StringBuilder("{\"dropped\":7}\n\n");
        for (int i = 0; i < 3 * PER_SECOND; i++) {
            many.append("{\"n\":").append(i).append("}\n");
        }
        lines.send(many.substring(0, 900));
        lines.send(many.substring(900));
        int seen = 0;
        long dropped = 0;
        while (seen + dropped < 3 * PER_SECOND + 7) {
            Event event = reader.next();
            if (event.name().equals("record")) {
                assertThat(event.data())
                        .isEqualTo(new JsonObject().put("gateway", "gw").put("n", seen));
                seen++;
            } else {
                assertThat(event.name()).isEqualTo("dropped");
                dropped += event.data().getLong("dropped");
                assertThat(event.data().getLong("total")).isEqualTo(dropped);
            }
        }
        assertThat(seen).isEqualTo(PER_SECOND);
    }

    @Test
    void aGatewayIsToldWithinASecondThatItsReaderLeft() {
        TestControl control = control(ControlConfig.in(directory, 0));
        FakeGateway gateway = opened(FakeGateway.start("gw", control, KIND));
        TestWatch reader = tail(control, "");
        reader.next();
        FakeGateway.Lines lines = opened(gateway.lines(control.api().url(), gateway.question()));
        lines.send("{\"n\":1}\n");
        assertThat(reader.next().data().getInteger("n")).isEqualTo(1);

        long left = System.nanoTime();
        reader.close();
        assertThat(lines.response()).startsWith("HTTP/1.1 204 ");
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Crowd.allows(Duration.ofSeconds(1)));
        await().until(() -> control.api().store().questions().size() == 0);
    }

    @Test
    void aReplicaPassesOnWhatItHearsAndHearsThatTheReaderLeft() {
        StoreConfig.Postgres store = Postgres.fresh();
        TestControl one = control(ControlConfig.in(directory, 0).with(store));
        TestControl two = control(ControlConfig.in(directory, 0).with(store));
        FakeGateway gateway = opened(FakeGateway.start("gw", two, KIND));
        await().until(() ->
                one.get("/v1/gateways").json().getJsonArray("gateways").size() == 1);
        TestWatch reader = tail(one, "");
        assertThat(reader.next().data().getJsonArray("asked")).isEqualTo(new JsonArray().add("gw"));
        FakeGateway.Lines lines = opened(gateway.lines(two.api().url(), gateway.question()));
        for (int i = 0; i < 100; i++) {
            lines.send("{\"n\":" + i + "}\n");
        }
        for (int i = 0; i < 100; i++) {
            assertThat(reader.next().data().getInteger("n")).isEqualTo(i);
        }

        long left = System.nanoTime();
        reader.close();
        assertThat(lines.response()).startsWith("HTTP/1.1 204 ");
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Crowd.allows(Duration.ofSeconds(1)));
        await().until(() -> one.api().store().questions().size() == 0);
    }

    @Test
    void wrongFiltersAreNamedAllAtOnceAndTooManyReadersToldSo() {
        TestControl control = control(ControlConfig.in(directory, 0));
        Answer wrong = control.get("/v1/tail?status=6xx&share=200%25&decision=never");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().getJsonArray("errors")).hasSize(3);

        for (int i = 0; i < 16; i++) {
            opened(tail(control, "")).next();
        }
        assertThat(control.get("/v1/tail").status()).isEqualTo(429);
    }

    @Test
    void aLineThatIsTooLongEndsTheAnswerAndTheReaderReadsOn() {
        TestControl control = control(ControlConfig.in(directory, 0));
        FakeGateway gateway = opened(FakeGateway.start("gw", control, KIND));
        TestWatch reader = opened(tail(control, ""));
        reader.next();
        JsonObject question = gateway.question();
        FakeGateway.Lines endless = opened(gateway.lines(control.api().url(), question));
        String chunk = "x".repeat(8 << 10);
        for (int sent = 0; sent < 64 && endless.send(chunk); sent++) {
            assertThat(sent).isLessThan(64);
        }
        assertThat(endless.response()).startsWith("HTTP/1.1 413 ");

        opened(gateway.lines(control.api().url(), question)).send("{\"n\":1}\n");
        assertThat(reader.next().data().getInteger("n")).isEqualTo(1);
    }

    @Test
    void linesThatAreNoRecordsAreCountedAndThoseAfterThemShown() {
        TestControl control = control(ControlConfig.in(directory, 0));
        FakeGateway gateway = opened(FakeGateway.start("gw", control, KIND));
        TestWatch reader = opened(tail(control, ""));
        reader.next();
        opened(gateway.lines(control.api().url(), gateway.question()))
                .send("null\n{\"path\":7}\n{\"tenant\":[\"acme\"]}\n{\"n\":1}\n");

        assertThat(reader.next().data())
                .isEqualTo(new JsonObject().put("gateway", "gw").put("n", 1));
        Event dropped = reader.next();
        assertThat(dropped.name()).isEqualTo("dropped");
        assertThat(dropped.data().getInteger("total")).isEqualTo(3);
    }

    @Test
    void aViewerSeesNoTenantAndCannotAskForOne() {
        TestControl control = control(ControlConfig.in(directory, 0));
        String[] admin = token(control, "admin", new JsonObject());
        String[] viewer = token(control, "viewer", new JsonObject(), admin);
        String[] releaser = token(control, "releaser", new JsonObject(), admin);
        String[] mine = token(control, "gateway", new JsonObject().put("gateways", "gw"), admin);
        Answer refused = control.get("/v1/tail?tenant=secretco", viewer);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().getString("detail")).contains("tenant", "releaser");

        FakeGateway gateway = opened(FakeGateway.start("gw", control, List.of(mine), KIND));
        JsonObject line = new JsonObject()
                .put("path", "/users/secretco")
                .put("user_agent", "app/secretco")
                .put("authority", "secretco.test")
                .put("tenant", "secretco");
        assertThat(shown(control, "", gateway, viewer, mine, line))
                .isEqualTo(new JsonObject()
                        .put("gateway", "gw")
                        .put("path", "/users/(hidden)")
                        .put("user_agent", "app/(hidden)")
                        .put("authority", "(hidden).test")
                        .put("tenant", "(hidden)"));
        assertThat(shown(control, "?tenant=secretco", gateway, releaser, mine, line))
                .isEqualTo(line.copy().put("gateway", "gw"));
    }

    private static String[] token(TestControl control, String role, JsonObject wish, String... by) {
        Answer made = control.post(
                "/v1/tokens", wish.put("subject", role).put("role", role).encode(), by);
        return new String[] {"Authorization", "Bearer " + made.json().getString("token")};
    }

    private JsonObject shown(
            TestControl control, String query, FakeGateway gateway, String[] reader, String[] mine, JsonObject line) {
        TestWatch tail = opened(TestWatch.open(control.api().url() + "/v1/tail" + query, reader));
        tail.next();
        opened(gateway.lines(control.api().url(), gateway.question(), mine)).send(line.encode() + "\n");
        return tail.next().data();
    }
}
