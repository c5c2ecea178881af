package io.laneway.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.Side;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against a server and a real control API. */
@Timeout(60)
class ReplayCommandIT {

    private static final String ENTRY = """
        {"startedDateTime": "2026-11-30T01:30:00.%03dZ", "time": 5, "timings": {"wait": 2},
         "request": {"method": "%s", "url": "https://shop.example.com%s", "httpVersion": "HTTP/1.1", "headers": []},
         "response": {"status": 200, "headers": [], "content": {"text": "{\\"id\\":\\"recorded-7\\"}"}}}\
        """;
    private static final String TABLE = """
        lanes: [{name: f-1}, {name: f-2, mode: strict}]
        services: [{name: order, deployments: [{lane: master, endpoints: ["127.0.0.1:9001"]}]}]
        """;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> got = new ConcurrentLinkedQueue<>();
    private final StringWriter err = new StringWriter();
    private ControlApi control;
    private volatile String served = "";
    private volatile String unknown = "";
    private Path har;
    private Path out;
    private String to;

    @BeforeEach
    void start() throws IOException {
        control = ControlApi.start(ControlConfig.in(folder.resolve("control"), 0));
        to = "http://127.0.0.1:"
                + vertx.createHttpServer()
                        .requestHandler(this::respond)
                        .listen(0, "127.0.0.1")
                        .await()
                        .actualPort();
        Path table = Files.writeString(folder.resolve("table.yaml"), TABLE);
        assertThat(run("table", "apply", "-f", table.toString(), "--control", control.url()))
                .isZero();
        har = Files.writeString(
                folder.resolve("a.har"),
                "{\"log\":{\"version\":\"1.2\",\"entries\":["
                        + ENTRY.formatted(0, "GET", "/new") + ","
                        + ENTRY.formatted(20, "POST", "/orders") + ","
                        + ENTRY.formatted(40, "GET", "/orders/recorded-7") + "]}}");
        out = folder.resolve("out.jsonl.gz");
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        control.close();
    }

    @Test
    void safeRequestsGoToLaneAndBaseWithWhatTheirResponsesGave() throws IOException {
        assertThat(replay("--lane", "f-1", "--against", "master"))
                .as(err::toString)
                .isZero();
        assertThat(got)
                .containsExactly(
                        "GET /new master",
                        "GET /new f-1",
                        "GET /new master",
                        "GET /orders/of-master master",
                        "GET /orders/of-f-1 f-1",
                        "GET /orders/of-master master");
        assertThat(err.toString()).contains("3 of 3 requests: 2 responded, 0 failed, 1 unsafe or WebSockets left out");
        List<ReplayedRequest> results = results();
        assertThat(results).hasSize(2);
        assertThat(results.get(1).recorded().request().target()).isEqualTo("/orders/recorded-7");
        assertThat(results.get(1).of(Side.LANE).response().status()).isEqualTo(200);
    }

    @Test
    void whatIsSaidToBeSafeIsSentToBaseAsWell() throws IOException {
        assertThat(replay("--lane", "f-1", "--against", "master", "--safe", "POST /ord*"))
                .as(err::toString)
                .isZero();
        assertThat(got)
                .containsSubsequence("POST /orders master", "POST /orders f-1", "POST /orders master")
                .hasSize(9);
        assertThat(replay("--lane", "f-1", "--safe", "/orders")).isEqualTo(2);
        assertThat(err.toString()).contains("--safe: '/orders' (expected: a method and a path such as");
    }

    @Test
    void writesAreSentOnceIntoAStrictLaneAlsoWhenResumed() throws IOException {
        assertThat(replay("--lane", "f-2", "--unsafe", "--control", control.url()))
                .as(err::toString)
                .isZero();
        assertThat(got).containsOnlyOnce("POST /orders f-2").hasSize(3);
        assertThat(replay("--lane", "f-2", "--unsafe", "--control", control.url(), "--resume"))
                .as(err::toString)
                .isZero();
        assertThat(got).hasSize(3);
    }

    @Test
    void aWriteThatBaseServedIsTheLastRequest() throws IOException {
        served = "master";
        assertThat(replay("--lane", "f-2", "--unsafe", "--control", control.url(), "--in-flight", "1"))
                .isEqualTo(1);
        assertThat(got).containsExactly("GET /new f-2", "POST /orders f-2");
        assertThat(err.toString())
                .contains(", POST /orders, was served by lane master (expected: f-2): no more is sent");
    }

    @Test
    void aLaneThatIsUnknownAtTheGatewayCannotBeReplayedInto() throws IOException {
        unknown = "f1-typo";
        assertThat(replay("--lane", "f1-typo", "--against", "master")).isEqualTo(2);
        assertThat(err.toString())
                .contains("laneway: --lane f1-typo: unknown at the gateway (expected: a lane of the table)");
        assertThat(got).containsExactly("GET /new master", "GET /new f1-typo");
        assertThat(results()).isEmpty();
        unknown = "";
        assertThat(replay("--lane", "f1-typo", "--against", "master", "--resume"))
                .as(err::toString)
                .isZero();
        assertThat(results()).hasSize(2);
        assertThat(err.toString()).contains("lane f1-typo served 2 of 2 requests");
    }

    @Test
    void aBaseThatIsUnknownAtTheGatewayCannotBeReplayedAgainst() {
        unknown = "mastr";
        assertThat(replay("--lane", "f-1", "--against", "mastr")).isEqualTo(2);
        assertThat(err.toString())
                .contains("laneway: --against mastr: unknown at the gateway (expected: a lane of the table)");
        assertThat(got).containsExactly("GET /new mastr");
    }

    @Test
    void writesAreRefusedWhereTheLaneIsNotStrictOrCannotBeAskedFor() {
        assertThat(replay("--lane", "f-1", "--unsafe", "--control", control.url()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--unsafe: lane f-1 is permissive (expected: strict");
        assertThat(replay("--lane", "f-3", "--unsafe", "--control", control.url()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--unsafe: whether lane f-3 is strict cannot be known: 404");
        assertThat(replay("--lane", "f-1", "--unsafe", "--control", to + "/nothing"))
                .isEqualTo(2);
        assertThat(got).noneMatch(request -> request.contains("/orders"));
    }

    @Test
    void whatFailsIsSaidAndExitsWithOne() throws IOException {
        to = "http://127.0.0.1:1";
        assertThat(replay("--lane", "f-1")).isEqualTo(1);
        assertThat(err.toString()).contains("0 responded, 2 failed");
        assertThat(results().get(0).of(Side.LANE).error()).isNotEmpty();
        assertThat(replay("--lane", "f-1")).isEqualTo(2);
        assertThat(err.toString()).contains(out + ".journal: is there already (expected: none, or --resume)");
    }

    private void respond(HttpServerRequest request) {
        String lane = request.getHeader("trace-branch");
        got.add(request.method() + " " + request.uri() + " " + lane);
        boolean missing = unknown.equals(lane);
        request.response()
                .putHeader("x-laneway-lane", missing ? "master" : served.isEmpty() ? lane : served)
                .putHeader("x-laneway-decision", missing ? "lane_unknown" : "lane");
        request.response().end("{\"id\":\"of-" + lane + "\"}");
    }

    private int replay(String... words) {
        List<String> all = new ArrayList<>(List.of("replay", har.toString(), "--to", to, "--out", out.toString()));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    private int run(String... args) {
        return Laneway.commandLine(args)
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private List<ReplayedRequest> results() throws IOException {
        List<ReplayedRequest> all = new ArrayList<>();
        try (ResultReader reader = ResultReader.open(out)) {
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }
}
