package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written on requests and responses, and what strangers may not say: docs/reference/headers.md. */
class StampingIT {

    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.responding(
                request -> "HTTP/1.1 200 OK\nX-Laneway-Lane: inner\nX-Laneway-Decision: inner\nContent-Length: 0\n\n");
        LaneTable table = new Tables()
                .lane("F-1")
                .lane("tight", LaneMode.STRICT)
                .lane("fix/a, b")
                .service("a", "master", upstream.port())
                .service("a", "F-1", upstream.port())
                .route("/strip", "a", true)
                .build();
        gateway = TestGateway.over(table);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Upstream.Request outside(String headers) {
        return through(gateway.port(), "/", headers);
    }

    private static Upstream.Request inside(String headers) {
        return through(gateway.inside(), "/", headers);
    }

    private static Upstream.Request through(int port, String path, String headers) {
        int before = upstream.requests().size();
        try (RawClient client = RawClient.to(port)) {
            assertThat(client.get(path, headers).status()).isEqualTo(200);
        }
        return upstream.requests().get(before);
    }

    @Test
    void writesTheTablesNameOfTheLaneAsHeaderAndBaggageMember() {
        Upstream.Request request = outside("Trace-Branch: f/1\nBaggage: k=v;p=1, userId=Am%C3%A9\n");

        assertThat(request.header("trace-branch")).isEqualTo("F-1");
        assertThat(request.header("baggage")).isEqualTo("k=v;p=1,userId=Am%C3%A9,trace-branch=F-1");
        assertThat(request.header("x-laneway-hops")).isEqualTo("1");
        assertThat(request.header("x-laneway-assigned")).isNull();
    }

    @Test
    void overwritesWhatStrangersStamped() {
        Upstream.Request request = outside("""
                Trace-Branch: f-1
                Trace-Branch: evil
                Baggage: trace-branch=evil,k=v
                Baggage: trace-branch = worse
                X-Laneway-Assigned: pinned
                X-Laneway-Hops: 9
                X-Laneway-New: 1
                X-Request-Id: mine
                X-Forwarded-Proto: https
                X-Forwarded-Host: evil
                X-Envoy-Max-Retries: 9
                """);

        assertThat(request.head())
                .doesNotContain("evil", "worse", "pinned", "X-Laneway-New", "mine", "https", "Max-Retries");
        assertThat(request.header("baggage")).isEqualTo("k=v,trace-branch=F-1");
        assertThat(request.header("x-laneway-hops")).isEqualTo("1");
        assertThat(request.header("x-forwarded-proto")).isEqualTo("http");
        assertThat(request.header("x-forwarded-host")).isEqualTo("a.test");
        assertThat(request.header("x-request-id"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void removesAnEmptyStampWhenNothingIsAsked() {
        Upstream.Request request = outside("Trace-Branch: ///\nBaggage: trace-branch=,k=v\n");

        assertThat(request.header("trace-branch")).isNull();
        assertThat(request.header("baggage")).isEqualTo("k=v");
        assertThat(outside("").header("baggage")).isNull();
    }

    @Test
    void stampsTheSlugOfAnUnknownLane() {
        assertThat(outside("Trace-Branch: Feature/X\n").header("trace-branch")).isEqualTo("feature-x");
    }

    @Test
    void obeysAndCompletesAStampFromInside() {
        Upstream.Request request = inside("""
                Trace-Branch: F-1
                X-Laneway-Assigned: shift
                X-Laneway-Hops: 3
                X-Request-Id: kept
                X-Forwarded-For: 10.0.0.1
                X-Forwarded-For: 10.0.0.2
                X-Forwarded-Proto: https
                """);

        assertThat(request.header("baggage")).isEqualTo("trace-branch=F-1");
        assertThat(request.header("x-laneway-assigned")).isEqualTo("shift");
        assertThat(request.header("x-laneway-hops")).isEqualTo("4");
        assertThat(request.header("x-request-id")).isEqualTo("kept");
        assertThat(request.header("x-forwarded-for")).isEqualTo("10.0.0.1, 10.0.0.2, 127.0.0.1");
        assertThat(request.header("x-forwarded-proto")).isEqualTo("https");
    }

    @Test
    void endsALoopAfterSixteenHops() {
        assertThat(inside("X-Laneway-Hops: 15\n").header("x-laneway-hops")).isEqualTo("16");
        try (RawClient client = RawClient.to(gateway.inside())) {
            RawClient.Response response = client.get("/", "X-Laneway-Hops: 16\n");
            assertThat(response.status()).isEqualTo(508);
            assertThat(response.header("x-laneway-decision")).isEqualTo("loop");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            abc            | 1
            ''             | 1
            -1             | 1
            1.5            | 1
            3 4            | 1
            3, 4           | 5
            5,abc,,2       | 6
            003            | 4
            """)
    void aCountOfHopsThatCannotBeReadIsNoLoop(String count, String next) {
        assertThat(inside("X-Laneway-Hops: " + count + "\n").header("x-laneway-hops"))
                .isEqualTo(next);
        assertThat(outside("X-Laneway-Hops: " + count + "\n").header("x-laneway-hops"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Laneway-Hops: 99999999999999999999999999\n",
                "X-Laneway-Hops: 1, 16\n",
                "X-Laneway-Hops: abc\nX-Laneway-Hops: 17\n"
            })
    void theGreatestCountOfHopsEndsALoop(String lines) {
        try (RawClient client = RawClient.to(gateway.inside())) {
            assertThat(client.get("/", lines).status()).isEqualTo(508);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trace-Branch: f-1\nTrace-Branch: evil\n",
                "Trace-Branch: f-1, evil\n",
                "Trace-Branch: f-1,evil\n",
                "Trace-Branch: f/1 ,\tevil\n",
                "Trace-Branch: , f-1\n",
                "Trace-Branch:\nTrace-Branch: f-1\n",
                "Cookie: trace-branch=f-1; trace-branch=evil\n",
                "Cookie: trace-branch=f-1\nCookie: trace-branch=evil\n",
                "Baggage: trace-branch=f-1,trace-branch=evil\n",
                "Baggage: trace-branch=f-1\nBaggage: trace-branch=evil\n"
            })
    void theFirstOfSeveralMarkersCountsInOneLineAsInTwo(String lines) {
        assertThat(outside(lines).header("trace-branch")).isEqualTo("F-1");
        assertThat(inside(lines).header("trace-branch")).isEqualTo("F-1");
    }

    @Test
    void theFirstOfSeveralParametersCounts() {
        assertThat(through(gateway.port(), "/?trace-branch=f-1&trace-branch=evil", "")
                        .header("trace-branch"))
                .isEqualTo("F-1");
    }

    @Test
    void aLanesNameMayHoldACommaAndIsKeptFromHopToHop() {
        Upstream.Request request = inside("Trace-Branch: fix/a, b\n");

        assertThat(request.header("trace-branch")).isEqualTo("fix/a, b");
        assertThat(outside("Trace-Branch: fix/a, b\n").header("trace-branch")).isEqualTo("fix/a, b");
        assertThat(outside("Baggage: trace-branch=fix/a%2C b\n").header("trace-branch"))
                .isEqualTo("fix/a, b");
    }

    @Test
    void tellsItsOwnDecisionInPlaceOfTheInnerOne() {
        try (RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", "trace-branch: nobody\n");
            assertThat(response.header("x-laneway-lane")).isEqualTo("master");
            assertThat(response.header("x-laneway-decision")).isEqualTo("lane_unknown");
            assertThat(response.header("x-envoy-upstream-service-time")).matches("\\d+");
        }
    }

    @Test
    void answersForAStrictLaneWithoutTheService() {
        try (RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/", "trace-branch: tight\n");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-laneway-decision")).isEqualTo("strict_unavailable");
            assertThat(response.body())
                    .contains("\"lane\":\"tight\"", "\"reason\":\"strict_unavailable\"", "\"requestId\":\"");
        }
    }

    @Test
    void takesThePrefixOfARouteOff() {
        assertThat(through(gateway.port(), "/strip/x?y=1", "").startLine()).isEqualTo("GET /x?y=1 HTTP/1.1");
        assertThat(through(gateway.port(), "/strip?y=1", "").startLine()).isEqualTo("GET /?y=1 HTTP/1.1");
        assertThat(through(gateway.port(), "/strip", "").startLine()).isEqualTo("GET / HTTP/1.1");
        assertThat(gateway.observed()).anyMatch(each -> each.path().equals("/strip?y=1"));
    }

    @Test
    void leavesAllOtherHeadersAlone() {
        Upstream.Request request =
                outside("traceparent: 00-1-2-01\nX-B3-TraceId: 7\nCookie: a=b\nAuthorization: Bearer x\n");
        assertThat(request.header("traceparent")).isEqualTo("00-1-2-01");
        assertThat(request.header("x-b3-traceid")).isEqualTo("7");
        assertThat(request.header("cookie")).isEqualTo("a=b");
        assertThat(request.header("authorization")).isEqualTo("Bearer x");
    }
}
