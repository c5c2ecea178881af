package io.laneway.cli.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.remote.ControlClient;
import io.laneway.testkit.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code laneway join} as a process: a server of this machine serves a lane through a gateway. */
class JoinIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private JoinFleet fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new JoinFleet(directory);
        served("f-1", "base");
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private void served(String lane, String by) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(fleet.get(lane)).isEqualTo(by));
    }

    private JoinProcess joined(String lane, int port, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("order", "--lane", lane, "--port", Integer.toString(port)));
        words.addAll(List.of(more));
        return fleet.join(words.toArray(String[]::new)).says("joined: service order in lane " + lane);
    }

    private List<JsonObject> list(String path, String name) {
        JsonArray all = ((JsonObject) fleet.client().get(path)).getJsonArray(name);
        return all.stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void servesALaneOfItsOwnUntilItIsInterrupted() throws Exception {
        JoinProcess joiner = joined("my-lane", fleet.serve("laptop", 0)).says("the lane is new and ends with this");

        served("my-lane", "laptop");
        assertThat(fleet.get("f-1")).isEqualTo("base");
        assertThat(list("/v1/joins", "joins"))
                .singleElement()
                .satisfies(join -> assertThat(join.getString("service") + "@" + join.getString("lane"))
                        .isEqualTo("order@my-lane"));
        assertThat(list("/v1/lanes/my-lane", "joins")).hasSize(1);
        assertThat(list("/v1/lint", "findings"))
                .anyMatch(found -> found.getString("rule").equals("machine-joined")
                        && found.getString("subject").equals("service order in lane my-lane"));
        assertThat(joiner.interrupt()).isZero();
        assertThat(list("/v1/joins", "joins")).isEmpty();
        assertThat(list("/v1/lanes", "lanes")).noneMatch(lane -> "my-lane".equals(lane.getString("name")));
        served("my-lane", "base");
        assertThat(list("/v1/audit", "audit"))
                .extracting(row -> row.getString("action"))
                .contains("join", "leave");
    }

    @Test
    void carriesLargeBodiesWebSocketsAndManyRequestsAtATime() throws Exception {
        joined("f-1", fleet.serve("laptop", 0));
        served("f-1", "laptop");
        byte[] body = new byte[20 << 20];
        new Random(1).nextBytes(body);

        HttpRequest echo = fleet.request("/echo", "f-1")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> same = fleet.http().send(echo, BodyHandlers.ofByteArray());
        assertThat(Arrays.equals(same.body(), body)).isTrue();

        List<CompletableFuture<HttpResponse<String>>> many = IntStream.range(0, 200)
                .mapToObj(i ->
                        fleet.http().sendAsync(fleet.request("/" + i, "f-1").build(), BodyHandlers.ofString()))
                .toList();
        assertThat(many)
                .allSatisfy(
                        one -> assertThat(one.get(60, TimeUnit.SECONDS).body()).startsWith("laptop"));

        assertThat(echoed("hello")).isEqualTo("laptop:hello");
    }

    private String echoed(String text) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = fleet.http()
                .newWebSocketBuilder()
                .header("trace-branch", "f-1")
                .buildAsync(URI.create(fleet.uri("/ws").toString().replace("http:", "ws:")), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        heard.add(data.toString());
                        from.request(1);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        socket.sendText(text, true).get(30, TimeUnit.SECONDS);
        String answer = heard.poll(30, TimeUnit.SECONDS);
        socket.abort();
        return String.valueOf(answer);
    }

    @Test
    void fallsBackWhenItIsKilledAndRequestsUnderWayFail() throws Exception {
        JoinProcess joiner = joined("f-1", fleet.serve("laptop", 0));
        served("f-1", "laptop");
        CompletableFuture<HttpResponse<String>> under =
                fleet.http().sendAsync(fleet.request("/never", "f-1").build(), BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> list("/v1/joins", "joins").get(0).getInteger("connections") > 0);

        joiner.kill();

        assertThat(under.get(60, TimeUnit.SECONDS).statusCode()).isBetween(502, 503);
        served("f-1", "base");
    }

    @Test
    void saysThatNothingListensAndServesOnceSomethingDoes() throws Exception {
        int port = FreePort.take();
        JoinProcess joiner =
                joined("f-1", port).says("nothing listens at localhost:" + port + " yet: the lane falls back");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(fleet.get("f-1")).isEqualTo("base");
            assertThat(joiner.said()).contains("refused, the lane falls back");
        });
        fleet.serve("laptop", port);
        served("f-1", "laptop");
    }

    @ParameterizedTest
    @CsvSource({"GET, f-1, 200, fallback_unready", "POST, f-1, 200, fallback_unready", "GET, hard, 503, lane"})
    void theFirstRequestAfterTheServerDiedGoesToTheFallbackIfThereIsOne(
            String method, String lane, int status, String decision) throws Exception {
        int port = fleet.serve("laptop", 0);
        joined(lane, port, "--strict");
        served(lane, "laptop");
        fleet.http().send(fleet.request("/last", lane).build(), BodyHandlers.ofString());
        fleet.stop(port);

        HttpRequest request = fleet.request("/", lane)
                .method(method, BodyPublishers.ofString("x"))
                .build();
        HttpResponse<String> first = fleet.http().send(request, BodyHandlers.ofString());
        assertThat(first.statusCode()).as(first.body()).isEqualTo(status);
        assertThat(first.headers().firstValue("x-laneway-decision")).hasValue(decision);
    }

    @Test
    void aLaneThatIsDeletedEndsItsJoinWhetherItWasThereBeforeOrNot() throws Exception {
        int port = fleet.serve("laptop", 0);
        JoinProcess there = joined("f-1", port);
        JoinProcess made = joined("my-lane", port).says("the lane is new");
        served("my-lane", "laptop");

        fleet.client().call("DELETE", "/v1/lanes/f-1", null, null);
        fleet.client().call("DELETE", "/v1/lanes/my-lane", null, null);

        assertThat(there.exit()).isEqualTo(1);
        assertThat(there.said()).contains("the join ended: lane f-1 was deleted");
        assertThat(made.exit()).isEqualTo(1);
        assertThat(made.said()).contains("the join ended: lane my-lane was deleted");
        served("my-lane", "base");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(list("/v1/lanes", "lanes"))
                        .extracting(lane -> lane.getString("name"))
                        .doesNotContain("f-1", "my-lane"));
    }

    /** As a drain does: no new requests, and those under way end. */
    @ParameterizedTest
    @ValueSource(strings = {"lane", "join", "replace"})
    void whatIsUnderWayEndsWhenSomethingElseEndsTheJoin(String how) throws Exception {
        JoinProcess joiner = joined("f-1", fleet.serve("laptop", 0));
        served("f-1", "laptop");
        HttpResponse<InputStream> under =
                fleet.http().send(fleet.request("/slow", "f-1").build(), BodyHandlers.ofInputStream());
        assertThat(under.body().readNBytes(6)).asString().isEqualTo("laptop");

        switch (how) {
            case "lane" -> fleet.client().call("DELETE", "/v1/lanes/f-1", null, null);
            case "join" ->
                fleet.client()
                        .call(
                                "DELETE",
                                "/v1/joins/" + list("/v1/joins", "joins").get(0).getString("id"),
                                null,
                                null);
            default -> joined("f-1", fleet.serve("second", 0), "--replace");
        }
        joiner.says("the join ends, what is under way has 10 s: ");
        served("f-1", how.equals("replace") ? "second" : "base");
        fleet.finish();

        assertThat(under.body().readAllBytes()).asString().isEqualTo(" done");
        assertThat(joiner.exit()).isEqualTo(1);
        assertThat(joiner.said()).contains("the join ended: ").doesNotContain("is away");
    }

    @Test
    void whatIsUnderWayForTooLongIsCut() throws Exception {
        JoinProcess joiner = joined("my-lane", fleet.serve("laptop", 0));
        served("my-lane", "laptop");
        HttpResponse<InputStream> under =
                fleet.http().send(fleet.request("/slow", "my-lane").build(), BodyHandlers.ofInputStream());

        fleet.client().call("DELETE", "/v1/lanes/my-lane", null, null);

        assertThat(joiner.exit()).isEqualTo(1);
        assertThatThrownBy(() -> under.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void aDeploymentIsDisplacedOnlyWhereThatIsAskedForAndComesBack() throws Exception {
        int port = fleet.serve("laptop", 0);
        JoinProcess refused = fleet.join("order", "--lane", "own", "--port", Integer.toString(port));

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.said()).contains("has a deployment in lane own", "--replace");
        JoinProcess joiner = joined("own", port, "--replace").says("its deployment there waits until this ends");
        served("own", "laptop");
        joiner.kill();
        served("own", "own");
    }

    @Test
    void ofTwoTheSecondIsRefusedOrTakesThePlace() throws Exception {
        JoinProcess first = joined("f-1", fleet.serve("first", 0));
        int port = fleet.serve("second", 0);
        JoinProcess refused = fleet.join("order", "--lane", "f-1", "--port", Integer.toString(port));

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.said()).contains("is served by another machine");
        joined("f-1", port, "--replace");
        assertThat(first.exit()).isEqualTo(1);
        assertThat(first.said()).contains("another joiner took its place");
        served("f-1", "second");
    }

    @Test
    void comesAgainWhenTheControlApiWasAway() throws Exception {
        JoinProcess joiner = joined("f-1", fleet.serve("laptop", 0));

        fleet.restartControl();

        joiner.says("joined again: service order in lane f-1");
        served("f-1", "laptop");
        assertThat(list("/v1/joins", "joins")).hasSize(1);
    }

    @Test
    void wrongUseIsRefusedInWords() throws Exception {
        refused("nope", "f-1", "service nope is not there (expected: one of order, pay)");
        refused("order", "master", "is the base lane");
        refused("order", "G0", "is an environment");
        refused("order", "hard", "is strict");
        wrong("order", "", "--lane: '' (expected: a name with a letter or digit in it)");
        wrong("", "f-1", "SERVICE: '' (expected: a service's name)");
    }

    private void wrong(String service, String lane, String why) throws Exception {
        JoinProcess joiner = fleet.join(service, "--lane", lane, "--port", "1");
        assertThat(joiner.exit()).isEqualTo(2);
        assertThat(joiner.said()).contains(why);
    }

    private void refused(String service, String lane, String why) throws Exception {
        JoinProcess joiner = fleet.join(service, "--lane", lane, "--port", "1");
        assertThat(joiner.exit()).isEqualTo(1);
        assertThat(joiner.said()).contains(why);
    }

    @Test
    void aTokenJoinsOnlyWhatItsPatternNames() throws Exception {
        String admin = token("admin", "");
        String joinerToken = token(admin, "joiner", "dev-*/order");
        int port = fleet.serve("laptop", 0);

        JoinProcess other =
                fleet.join("pay", "--lane", "dev-1", "--port", Integer.toString(port), "--token", joinerToken);
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.said()).contains("403", "dev-*/order");
        fleet.join("order", "--lane", "dev-1", "--port", Integer.toString(port), "--token", joinerToken)
                .says("joined: service order in lane dev-1");
        JoinProcess viewer =
                fleet.join("order", "--lane", "dev-2", "--port", "1", "--token", token(admin, "viewer", ""));
        assertThat(viewer.exit()).isEqualTo(1);
        assertThat(viewer.said()).contains("role viewer (expected: joiner)");
    }

    private String token(String role, String lanes) {
        return made(fleet.client(), role, lanes);
    }

    private String token(String admin, String role, String lanes) {
        return made(new ControlClient(URI.create(fleet.url()), admin), role, lanes);
    }

    private static String made(ControlClient by, String role, String lanes) {
        JsonObject wanted = new JsonObject().put("subject", role).put("role", role);
        if (!lanes.isEmpty()) {
            wanted.put("lanes", lanes);
        }
        return ((JsonObject) by.call("POST", "/v1/tokens", wanted.encode(), null)).getString("token");
    }
}
