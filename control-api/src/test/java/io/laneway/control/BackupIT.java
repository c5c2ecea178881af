package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/backup}: from a running API, restored elsewhere, by admins alone, with nothing left behind. */
class BackupIT {

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory.resolve("store"));
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private HttpResponse<byte[]> backup(String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(control.api().url() + "/v1/backup"))
                .POST(BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    }

    private List<String> left() {
        try (Stream<Path> files = Files.list(directory.resolve("store"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("backup-"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatARunningStoreHoldsIsRestoredElsewhere() throws Exception {
        control.put("/v1/lanes/f-1", "{}");
        control.put("/v1/lanes/f-2", "{\"description\": \"second\"}");

        HttpResponse<byte[]> answer = backup("x-reason", "nightly");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/vnd.sqlite3");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        Path file = Files.write(directory.resolve("copy.db"), answer.body());
        try (ControlStore other =
                ControlStore.open(new StoreConfig.Sqlite(directory.resolve("other")), Clock.systemUTC())) {
            other.restore(file);
            assertThat(other.revision()).isEqualTo(2);
        }
        try (TestControl other = TestControl.start(directory.resolve("other"))) {
            assertThat(other.get("/v1/lanes/f-2").json().getString("description"))
                    .isEqualTo("second");
        }
        JsonObject audit = control.get("/v1/audit").json().getJsonArray("audit").getJsonObject(0);
        assertThat(audit.getString("action")).isEqualTo("backup");
        assertThat(audit.getString("why")).isEqualTo("nightly");
        await().untilAsserted(() -> assertThat(left()).isEmpty());
    }

    @Test
    void aStoreInPostgresIsCopiedIntoTheSameKindOfFile() throws Exception {
        control.close();
        control =
                TestControl.start(ControlConfig.in(directory.resolve("none"), 0).with(Postgres.fresh()));
        control.put("/v1/lanes/f-1", "{\"description\": \"of PostgreSQL\"}");

        HttpResponse<byte[]> answer = backup();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/vnd.sqlite3");
        Path file = Files.write(directory.resolve("copy.db"), answer.body());
        try (ControlStore other =
                ControlStore.open(new StoreConfig.Sqlite(directory.resolve("other")), Clock.systemUTC())) {
            other.restore(file);
        }
        try (TestControl other = TestControl.start(directory.resolve("other"))) {
            assertThat(other.get("/v1/lanes/f-1").json().getString("description"))
                    .isEqualTo("of PostgreSQL");
        }
    }

    @Test
    void onlyAdminsOfAllLanesGetOne() throws Exception {
        String admin = token("admin", "", "");
        String viewer = token("releaser", "", admin);
        String some = token("admin", "f-*", admin);
        assertThat(backup().statusCode()).isEqualTo(401);
        assertThat(backup("authorization", "Bearer " + viewer).statusCode()).isEqualTo(403);
        assertThat(backup("authorization", "Bearer " + some).statusCode()).isEqualTo(403);
        assertThat(backup("authorization", "Bearer " + admin).statusCode()).isEqualTo(200);
        assertThat(control.post("/v1/backup", "{\"to\": \"/tmp/x\"}", "authorization", "Bearer " + admin)
                        .status())
                .isEqualTo(422);
    }

    private String token(String role, String lanes, String by) {
        JsonObject body = new JsonObject().put("subject", role + lanes).put("role", role);
        if (!lanes.isEmpty()) {
            body.put("lanes", lanes);
        }
        TestControl.Answer made = by.isEmpty()
                ? control.post("/v1/tokens", body.encode())
                : control.post("/v1/tokens", body.encode(), "authorization", "Bearer " + by);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().getString("token");
    }

    @Test
    void aCallerThatIsGoneAndAProcessThatEndedLeaveNoFile() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), control.api().port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write("POST /v1/backup HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> control.get("/v1/audit").body().contains("backup"));
        }
        assertThat(backup().statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(left()).isEmpty());
        control.close();
        Files.writeString(directory.resolve("store/backup-1.part"), "half");
        control = TestControl.start(directory.resolve("store"));
        assertThat(left()).isEmpty();
    }
}
