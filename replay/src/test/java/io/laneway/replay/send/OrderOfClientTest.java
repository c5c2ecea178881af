package io.laneway.replay.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.text.Glob;
import io.laneway.replay.value.ValueRule;
import io.laneway.replay.value.ValueSource;
import io.laneway.replay.value.ValueTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shop, with a clock of the test's own: what one client sends upon a response is sent upon it again. */
class OrderOfClientTest {

    private static final Instant THEN = Instant.parse("2026-11-30T01:30:00Z");
    private static final Duration TOOK = Duration.ofNanos(550_000);

    @TempDir
    Path directory;

    private final SteppedClock clock = new SteppedClock();
    private final List<RecordedExchange> recorded = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final Set<String> orders = new HashSet<>();
    private ToLongFunction<Outgoing> takes = request -> 7;
    private int clockNanos = 1_000_000;
    private int made;
    private int inFlight;
    private int mostInFlight;
    private Totals totals = new Totals(0, 0, 0, 0, 0, 0, 0);

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, 1x, 1000000", "HTTP/1.1, 1000/s, 1000000", "HTTP/1.1, 1x, 1000", "HTTP/2, 4x, 1000000"})
    void eachRequestOfAConnectionHasTheOrderThatTheLaneMade(String protocol, String pace, int clockNanos)
            throws Exception {
        this.clockNanos = clockNanos;
        orders(protocol, List.of("a"));
        replay(pace, List.of());
        assertThat(sent).hasSize(300).filteredOn(each -> each.contains("old-")).isEmpty();
        assertThat(sent).filteredOn(each -> each.endsWith(" 404")).isEmpty();
        assertThat(orders).as("each was deleted").isEmpty();
    }

    @Test
    void twoClientsDoNotWaitForEachOther() throws Exception {
        orders("HTTP/1.1", List.of("a", "b"));
        replay("1000/s", List.of());
        assertThat(sent).hasSize(600).filteredOn(each -> each.endsWith(" 404")).isEmpty();
        assertThat(mostInFlight).isEqualTo(2);
    }

    @Test
    void whatWasSentAtTheSameTimeOverOneConnectionOfHttp2IsSentSoAgain() throws Exception {
        add("HTTP/2", "a", 0, TOOK, "GET", "/page", List.of(), 200, List.of(), "{\"title\":\"Orders of today\"}");
        for (int i = 0; i < 40; i++) {
            // each has a word that all responses have, and that the requests had before them
            List<Field> fields = List.of(new Field("cache-control", "no-cache"));
            add("HTTP/2", "a", 5_000, TOOK, "GET", "/images/" + i, fields, 200, fields, "{\"kind\":\"images\"}");
        }
        takes = request -> 100;
        replay("1x", List.of());
        assertThat(mostInFlight).isEqualTo(40);
        assertThat(totals.late())
                .as("40 wait for the page")
                .isEqualTo(Duration.ofMillis(95).toNanos());
    }

    @Test
    void whatOverlapsByMoreThanTheClockCanHideIsNotHeldBack() throws Exception {
        for (int i = 0; i < 6; i++) {
            add("HTTP/1.1", "a", i * 100L, Duration.ofMillis(30), "GET", "/i/" + i, List.of(), 200, List.of(), "{}");
        }
        replay("1x", List.of());
        assertThat(mostInFlight).isEqualTo(6);
        assertThat(totals.late()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"7, 3", "4, 9"})
    void anEchoOfWhatWasSentIsNoNews(long post, long get) throws Exception {
        add(
                "HTTP/2",
                "a",
                0,
                Duration.ofMillis(20),
                "POST",
                "/orders",
                List.of(),
                201,
                List.of(),
                "{\"id\":\"old-000001\"}");
        // sent beside it, by one who knew the order otherwise
        add(
                "HTTP/2",
                "a",
                3_000,
                Duration.ofMillis(20),
                "GET",
                "/orders/old-000001",
                List.of(),
                200,
                List.of(),
                "{\"id\":\"old-000001\"}");
        add(
                "HTTP/2",
                "a",
                90_000,
                TOOK,
                "GET",
                "/orders/old-000001",
                List.of(),
                200,
                List.of(),
                "{\"id\":\"old-000001\"}");
        add(
                "HTTP/2",
                "a",
                99_000,
                TOOK,
                "GET",
                "/orders/old-000001",
                List.of(),
                200,
                List.of(),
                "{\"id\":\"old-000001\"}");
        takes = request -> request.method().equals("POST") ? post : get;
        replay("1x", List.of());
        assertThat(sent)
                .containsExactly(
                        "POST /orders 201",
                        "GET /orders/old-000001 404",
                        "GET /orders/new-000001 200",
                        "GET /orders/new-000001 200");
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, old-session", "HTTP/2, old-session", "HTTP/2, s7"})
    void aCookieOfALoginIsThereForWhatWasSentUponIt(String protocol, String session) throws Exception {
        List<Field> set = List.of(new Field("set-cookie", "sid=" + session + "; Path=/"));
        add(protocol, "a", 0, Duration.ofNanos(900_000), "GET", "/login", List.of(), 200, set, "");
        List<Field> with = List.of(new Field("cookie", "theme=dark; sid=" + session));
        add(protocol, "a", 950, TOOK, "GET", "/me", with, 200, List.of(), "{}");
        ValueRule rule = new ValueRule(
                Glob.of("GET /login"),
                new ValueSource.Cookie("sid"),
                Glob.of("* *"),
                List.of(new ValueTarget.Cookie("sid")),
                false,
                false);
        replay("1x", session.length() < 6 ? List.of(rule) : List.of());
        assertThat(sent).containsExactly("GET /login 200", "GET /me theme=dark; sid=new-session 200");
    }

    /** Each makes 100 orders, looks at each and deletes it, over connections that have one request at a time. */
    private void orders(String protocol, List<String> clients) {
        long micros = 0;
        for (int i = 0; i < 100; i++) {
            for (String client : clients) {
                String id = "old-" + client + "-" + i;
                String json = "{\"id\":\"" + id + "\",\"state\":\"opened\"}";
                String order = "/orders/" + id;
                add(protocol, client, micros, TOOK, "POST", "/orders", List.of(), 201, List.of(), json);
                add(protocol, client, micros + 570, TOOK, "GET", order, List.of(), 200, List.of(), json);
                add(protocol, client, micros + 1_150, TOOK, "DELETE", order, List.of(), 200, List.of(), json);
            }
            micros += 1_730;
        }
    }

    private void add(
            String protocol,
            String client,
            long micros,
            Duration took,
            String method,
            String target,
            List<Field> headers,
            int status,
            List<Field> responseHeaders,
            String json) {
        Instant time = THEN.plus(micros, ChronoUnit.MICROS);
        recorded.add(new RecordedExchange(
                "r" + recorded.size(),
                "",
                client,
                Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() - time.getNano() % clockNanos),
                took,
                took,
                RecordedDecision.NONE,
                new RecordedRequest(protocol, method, "http", "shop", target, headers, RecordedBody.NONE, List.of()),
                response(status, responseHeaders, json),
                "",
                List.of()));
    }

    private static RecordedResponse response(int status, List<Field> headers, String json) {
        RecordedBody body = RecordedBody.whole(json.getBytes(StandardCharsets.UTF_8));
        return new RecordedResponse(status, headers, body, List.of());
    }

    private void replay(String pace, List<ValueRule> rules) throws Exception {
        clock.start = clock.now;
        ReplayPlan plan = ReplayPlan.of(recorded, Pace.parse(pace), 1, false);
        ReplayHeader header = new ReplayHeader("r-1", "a", "http://gw", "f-1", "", THEN);
        ReplayOptions options =
                new ReplayOptions("f-1", "", true, 100, request -> Methods.safe(request.method()), rules);
        try (ResultWriter writer = ResultWriter.create(directory.resolve("results"), header);
                Journal journal = Journal.open(directory.resolve("journal"))) {
            Replay replay = new Replay(plan, options, new Stamps("r-1", ""), this::send, writer, journal, clock);
            totals = replay.run();
            assertThat(replay.stopped()).isEmpty();
        }
    }

    /** The shop takes in a request when it comes; an order is there from the response on. */
    private void send(Outgoing request, Consumer<Reply> done) {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        int at = sent.size();
        sent.add("");
        String id = request.target().substring(request.target().lastIndexOf('/') + 1);
        boolean missing = request.target().startsWith("/orders/") && !orders.contains(id);
        clock.later(takes.applyAsLong(request), () -> {
            inFlight--;
            RecordedResponse response = missing ? stamped(404, "{\"id\":\"" + id + "\"}") : found(request, id);
            String cookie = request.headers().stream()
                    .filter(field -> field.named("cookie"))
                    .map(field -> " " + field.value())
                    .findFirst()
                    .orElse("");
            sent.set(at, request.method() + " " + request.target() + cookie + " " + response.status());
            done.accept(Reply.of(response));
        });
    }

    private RecordedResponse found(Outgoing request, String id) {
        if (request.method().equals("POST")) {
            String made = String.format(Locale.ROOT, "new-%06d", ++this.made);
            orders.add(made);
            return stamped(201, "{\"id\":\"" + made + "\",\"state\":\"opened\"}");
        }
        if (request.method().equals("DELETE")) {
            orders.remove(id);
        }
        return stamped(200, "{\"id\":\"" + id + "\",\"state\":\"opened\"}");
    }

    private static RecordedResponse stamped(int status, String json) {
        return response(
                status,
                List.of(
                        new Field("x-laneway-lane", "f-1"),
                        new Field("x-laneway-decision", "lane"),
                        new Field("set-cookie", "sid=new-session; Path=/")),
                json);
    }
}
