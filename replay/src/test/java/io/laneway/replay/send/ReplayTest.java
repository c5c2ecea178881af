package io.laneway.replay.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.result.Side;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a clock of the test's own: what is sent when, and what is never sent. */
class ReplayTest {

    private static final Instant THEN = Instant.parse("2026-11-30T01:30:00Z");

    @TempDir
    Path directory;

    private final SteppedClock clock = new SteppedClock();
    private final List<String> sent = new ArrayList<>();
    private final List<Outgoing> outgoing = new ArrayList<>();
    private String stopped = "";
    private String refused = "";
    private String served = "";
    private long takes = 10;
    private Function<Outgoing, Reply> server = request -> Reply.of(stamped(lane(request), "lane"));

    @Test
    void requestsAreSentAtTheirRecordedGapsOrAtARate() throws Exception {
        List<RecordedExchange> recorded =
                List.of(get("a", "/1", 0, 1), get("b", "/2", 400, 1), get("c", "/3", 1000, 1));
        run(recorded, "1x", lane(), 1);
        assertThat(sent).containsExactly("0 /1", "400 /2", "1000 /3");
        again("4x", recorded);
        assertThat(sent).containsExactly("0 /1", "100 /2", "250 /3");
        again("200/s", recorded);
        assertThat(sent).containsExactly("0 /1", "5 /2", "10 /3");
    }

    @Test
    void aSlowResponseHoldsBackItsClientAloneAndItsLatenessIsSaid() throws Exception {
        takes = 500;
        Totals totals = run(
                List.of(
                        get("a", "/1", 0, 5),
                        get("a", "/2", 3, 5), // sent before the response to /1 was there
                        get("a", "/3", 20, 5),
                        get("b", "/4", 30, 5)),
                "1x",
                lane(),
                1);
        assertThat(sent).containsExactly("0 /1", "3 /2", "30 /4", "503 /3");
        assertThat(totals.late()).isEqualTo(Duration.ofMillis(483).toNanos());
        assertThat(totals.lateOver100Millis()).isEqualTo(1);
    }

    @Test
    void noMoreThanTheBoundAreInFlightAndWhoWaitsIsLate() throws Exception {
        takes = 100;
        ReplayOptions one = new ReplayOptions("f-1", "", false, 1);
        Totals totals = run(List.of(get("a", "/1", 0, 1), get("b", "/2", 0, 1), get("c", "/3", 0, 1)), "1x", one, 1);
        assertThat(sent).containsExactly("0 /1", "100 /2", "200 /3");
        assertThat(totals.late()).isEqualTo(Duration.ofMillis(200).toNanos());
    }

    @Test
    void unsafeRequestsAreLeftOutUnlessAskedForAndNeverGoToBase() throws Exception {
        List<RecordedExchange> recorded = List.of(get("a", "/1", 0, 1), request("a", "POST", "/2", 50, 1, "{}", "{}"));
        Totals safe = run(recorded, "1x", new ReplayOptions("f-1", "master", false, 9), 1);
        assertThat(lanes()).containsExactly("/1 master", "/1 f-1", "/1 master");
        assertThat(safe.skipped()).isEqualTo(1);
        assertThat(safe.whole()).isTrue();
        outgoing.clear();
        Totals all = runIn("all", recorded, "1x", new ReplayOptions("f-1", "master", true, 9), 1);
        assertThat(lanes()).containsExactly("/1 master", "/1 f-1", "/1 master", "/2 f-1");
        assertThat(all.responded()).isEqualTo(2);
    }

    @Test
    void aWriteThatIsServedByAnotherLaneOrDoesNotSayByWhichEndsTheReplay() throws Exception {
        List<RecordedExchange> recorded = List.of(
                request("a", "POST", "/1", 0, 1, "{}", "{}"),
                get("b", "/2", 5, 1),
                request("c", "POST", "/3?x=1", 20, 1, "{}", "{}"),
                get("d", "/4", 60, 1));
        ReplayOptions unsafe = new ReplayOptions("f-1", "", true, 9);
        for (String lane : List.of("master", "")) {
            sent.clear();
            server = request ->
                    Reply.of(request.target().startsWith("/3") ? stamped(lane, "base") : stamped("f-1", "lane"));
            Totals totals = runIn("to" + lane, recorded, "1x", unsafe, 1);
            assertThat(sent).containsExactly("0 /1", "5 /2", "20 /3?x=1");
            assertThat(totals.whole()).isFalse();
            assertThat(stopped)
                    .startsWith("request id/3?x=1, POST /3, was served by "
                            + (lane.isEmpty() ? "a lane that " : "lane master"))
                    .endsWith("(expected: f-1)");
        }
    }

    @Test
    void aWriteThatNoLaneServedDoesNotEndTheReplay() throws Exception {
        List<RecordedExchange> recorded = List.of(request("a", "POST", "/1", 0, 1, "{}", "{}"), get("b", "/2", 50, 1));
        server = request -> Reply.of(stamped("", "strict_unavailable"));
        assertThat(run(recorded, "1x", new ReplayOptions("f-1", "", true, 9), 1).done())
                .isEqualTo(2);
        assertThat(stopped).isEmpty();
    }

    @Test
    void aLaneThatTheGatewayDoesNotHaveEndsTheReplayAtItsFirstResponse() throws Exception {
        List<RecordedExchange> recorded = List.of(get("a", "/1", 0, 1), get("b", "/2", 50, 1), get("c", "/3", 90, 1));
        ReplayOptions both = new ReplayOptions("f-1", "G0", false, 9);
        for (String missing : List.of("f-1", "G0")) {
            for (String reason : List.of("lane_unknown", "lane_expired")) {
                sent.clear();
                server = request -> Reply.of(
                        lane(request).equals(missing) && !request.target().equals("/1")
                                ? stamped("master", reason)
                                : stamped(lane(request), "lane"));
                Totals totals = runIn(missing + reason, recorded, "1x", both, 1);
                assertThat(sent).hasSize(missing.equals("f-1") ? 5 : 4).noneMatch(each -> each.endsWith("/3"));
                assertThat(refused)
                        .startsWith((missing.equals("f-1") ? "lane f-1: " : "against G0: ")
                                + reason.substring("lane_".length()) + " at the gateway (expected: a lane ");
                assertThat(totals.whole()).isFalse();
                assertThat(results(missing + reason))
                        .as("what is sent again by --resume is not there")
                        .hasSize(1);
            }
        }
    }

    @Test
    void aServiceThatTheLaneDoesNotHaveIsServedByBaseAndCounted() throws Exception {
        List<RecordedExchange> recorded = List.of(get("a", "/1", 0, 1), get("b", "/2", 50, 1), get("c", "/3", 90, 1));
        server = request ->
                Reply.of(request.target().equals("/2") ? stamped("F_1", "lane") : stamped("master", "fallback_absent"));
        assertThat(run(recorded, "1x", lane(), 1).whole()).isTrue();
        assertThat(refused).isEmpty();
        assertThat(served).isEqualTo("lane f-1 served 1 of 3 requests (others by: fallback_absent 2)");
        server = request -> Reply.of(response("{}"));
        assertThat(runIn("plain", recorded, "1x", lane(), 1).whole()).isTrue();
        assertThat(served).isEqualTo("lane f-1 served 0 of 0 requests");
    }

    private static RecordedResponse stamped(String lane, String decision) {
        List<Field> headers = new ArrayList<>(List.of(new Field("x-laneway-decision", decision)));
        if (!lane.isEmpty()) {
            headers.add(new Field("X-Laneway-Lane", lane));
        }
        return new RecordedResponse(200, headers, body("{}"), List.of());
    }

    @Test
    void aSafeRequestWithoutAResponseIsSentAgainWhenItIsResumedAndAWriteIsNot() throws Exception {
        List<RecordedExchange> recorded =
                List.of(get("a", "/1", 0, 1), get("a", "/2", 50, 1), request("a", "POST", "/3", 90, 1, "{}", "{}"));
        ReplayOptions unsafe = new ReplayOptions("f-1", "", true, 9);
        server = request -> request.target().equals("/1") ? Reply.of(stamped("f-1", "lane")) : Reply.failed("refused");
        assertThat(runIn("away", recorded, "1x", unsafe, 1).failed()).isEqualTo(2);
        sent.clear();
        server = request -> Reply.of(stamped(lane(request), "lane"));
        Totals totals = runIn("back", recorded, "1x", unsafe, 1, results("away"));
        assertThat(sent).extracting(each -> each.split(" ")[1]).containsExactly("/2");
        assertThat(totals.earlier()).isEqualTo(1);
        assertThat(totals.responded()).isEqualTo(1);
        assertThat(totals.failed()).isEqualTo(1);
    }

    @Test
    void aWriteWhoseResponseWasLostIsNotSentAgain() throws Exception {
        List<RecordedExchange> recorded = List.of(request("a", "POST", "/1", 0, 1, "{}", "{}"), get("b", "/2", 10, 1));
        try (Journal journal = Journal.open(directory.resolve("result.journal"))) {
            journal.sending(0);
        }
        Totals totals = run(recorded, "1x", new ReplayOptions("f-1", "", true, 9), 1);
        assertThat(sent).containsExactly("10 /2");
        assertThat(totals.failed()).isEqualTo(1);
        assertThat(totals.whole()).isFalse();
        assertThat(results("result").get(0).of(Side.LANE).error()).contains("not sent again");
    }

    @Test
    void whatAnEarlierRunSentIsNotSentAgainAndItsValuesCount() throws Exception {
        List<RecordedExchange> recorded = List.of(
                request("a", "GET", "/login", 0, 1, "", "{\"token\":\"lwp_0123456789\"}"),
                get("a", "/orders/lwp_0123456789", 100, 1));
        server = request -> Reply.of(response("{\"token\":\"fresh-token\"}"));
        run(recorded.subList(0, 1), "1x", lane(), 1);
        List<ReplayedRequest> earlier = results("result");
        sent.clear();
        Totals totals = runIn("second", recorded, "1x", lane(), 1, earlier);
        assertThat(sent).containsExactly("0 /orders/fresh-token");
        assertThat(totals.earlier()).isEqualTo(1);
        assertThat(totals.whole()).isTrue();
    }

    @Test
    void eachSideAndClientHasValuesOfItsOwn() throws Exception {
        server = request -> Reply.of(response("{\"id\":\"id-of-" + lane(request) + "\"}"));
        run(
                List.of(
                        request("a", "GET", "/new", 0, 1, "", "{\"id\":\"recorded-1\"}"),
                        get("b", "/x/recorded-1", 50, 1),
                        get("a", "/x/recorded-1?q=recorded-12", 100, 1)),
                "1x",
                new ReplayOptions("f-1", "master", false, 9),
                1);
        assertThat(lanes())
                .containsSubsequence("/x/recorded-1 master", "/x/recorded-1 f-1")
                .endsWith(
                        "/x/id-of-master?q=recorded-12 master",
                        "/x/id-of-f-1?q=recorded-12 f-1",
                        "/x/id-of-master?q=recorded-12 master");
    }

    @Test
    void aFailedRequestIsKeptWithItsErrorAndTheRestIsSent() throws Exception {
        server = request -> request.target().equals("/1") ? Reply.failed("refused") : Reply.of(response("{}"));
        Totals totals = run(List.of(get("a", "/1", 0, 1), get("a", "/2", 50, 1)), "1x", lane(), 2);
        assertThat(totals.failed()).isEqualTo(2);
        assertThat(totals.responded()).isEqualTo(2);
        assertThat(results("result").get(0).of(Side.LANE).error()).isEqualTo("refused");
    }

    @Test
    void stampsOfOtherHopsAndOfTheConnectionAreTakenOff() throws Exception {
        RecordedExchange recorded = request("a", "GET", "/1", 0, 1, "", "{}");
        run(List.of(recorded), "1x", lane(), 1);
        assertThat(outgoing.get(0).headers())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactly(
                        "Accept: */*",
                        "baggage: user=7",
                        "trace-branch: f-1",
                        "x-request-id: r-1-0-lane",
                        "x-laneway-replay: r-1");
    }

    private void again(String pace, List<RecordedExchange> recorded) throws Exception {
        sent.clear();
        runIn(pace.replace('/', '-'), recorded, pace, lane(), 1);
    }

    private Totals run(List<RecordedExchange> recorded, String pace, ReplayOptions options, int times)
            throws Exception {
        return runIn("result", recorded, pace, options, times);
    }

    private Totals runIn(String name, List<RecordedExchange> recorded, String pace, ReplayOptions options, int times)
            throws Exception {
        return runIn(name, recorded, pace, options, times, List.of());
    }

    private Totals runIn(
            String name,
            List<RecordedExchange> recorded,
            String pace,
            ReplayOptions options,
            int times,
            List<ReplayedRequest> earlier)
            throws Exception {
        clock.start = clock.now;
        ReplayPlan plan = ReplayPlan.of(recorded, Pace.parse(pace), times, false);
        ReplayHeader header = new ReplayHeader("r-1", "a", "http://gw", "f-1", "", THEN);
        try (ResultWriter writer = ResultWriter.create(directory.resolve(name + ".jsonl.gz"), header);
                Journal journal = Journal.open(directory.resolve(name + ".journal"))) {
            Replay replay = new Replay(plan, options, new Stamps("r-1", ""), this::send, writer, journal, clock);
            earlier.forEach(replay::resume);
            Totals totals = replay.run();
            stopped = replay.stopped();
            refused = replay.refused();
            served = replay.served().toString();
            return totals;
        }
    }

    private void send(Outgoing request, java.util.function.Consumer<Reply> done) {
        sent.add((clock.now - clock.start) / 1_000_000 + " " + request.target());
        outgoing.add(request);
        Reply reply = server.apply(request);
        clock.later(takes, () -> done.accept(reply));
    }

    private List<ReplayedRequest> results(String name) throws Exception {
        List<ReplayedRequest> all = new ArrayList<>();
        try (ResultReader reader = ResultReader.open(directory.resolve(name + ".jsonl.gz"))) {
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }

    private List<String> lanes() {
        return outgoing.stream()
                .map(request -> request.target() + " " + lane(request))
                .toList();
    }

    private static String lane(Outgoing request) {
        return request.headers().stream()
                .filter(field -> field.named("trace-branch"))
                .map(Field::value)
                .findFirst()
                .orElseThrow();
    }

    private static ReplayOptions lane() {
        return new ReplayOptions("f-1", "", false, 100);
    }

    private static RecordedExchange get(String client, String target, long at, long took) {
        return request(client, "GET", target, at, took, "", "{}");
    }

    private static RecordedExchange request(
            String client, String method, String target, long at, long took, String body, String response) {
        return new RecordedExchange(
                "id" + target,
                "",
                client,
                THEN.plusMillis(at),
                Duration.ofMillis(took),
                Duration.ofMillis(took),
                new RecordedDecision("", "", "", "", "", "", "", 0),
                new RecordedRequest("HTTP/1.1", method, "http", "shop", target, headers(), body(body), List.of()),
                response(response),
                "",
                List.of());
    }

    private static List<Field> headers() {
        return List.of(
                new Field("Host", "shop"),
                new Field("Connection", "close, X-Own"),
                new Field("X-Own", "1"),
                new Field("Accept", "*/*"),
                new Field("Content-Length", "2"),
                new Field("baggage", "trace-branch=f-9,user=7"),
                new Field("trace-branch", "f-9"),
                new Field("X-Forwarded-For", "10.0.0.1"),
                new Field("traceparent", "00-1-2-01"),
                new Field("X-Laneway-Hops", "2"));
    }

    private static RecordedResponse response(String json) {
        return new RecordedResponse(200, List.of(), body(json), List.of());
    }

    private static RecordedBody body(String text) {
        return RecordedBody.whole(text.getBytes(StandardCharsets.UTF_8));
    }
}
