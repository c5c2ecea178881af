package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not let through: a response that says why, a closed connection, and nothing at the endpoint. */
class RefusalIT {

    private static final Duration SLOW = Duration.ofMinutes(1);
    /** So long that the time that passes before a head is read is none of it. */
    private static final Duration IDLE = Duration.ofHours(1);

    private static Upstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = Upstream.saying("leaked");
        gateway = TestGateway.over(
                Tables.one(upstream.port()),
                config -> TestGateway.with(
                        TestGateway.with(config, new LimitsConfig(4096, 1024, 20, 0)),
                        new TimeoutsConfig(SLOW, SLOW, IDLE, Duration.ofSeconds(2))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a.test\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\nX: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a.test\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\r\n b\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: a.test\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET\t/ HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a.test\r\n\r\n",
                "GET /#x HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET a HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET / http/1.1\r\nHost: a.test\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nHost: a.test\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test/x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost:\r\n\r\n",
                "GET http://a.test/ HTTP/1.1\r\nHost: \r\n\r\n",
                "GET / HTTP/1.1\r\nHost: u@a.test\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test:99999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\u0001b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\u0000b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\rb\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nX\u0000: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\n: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nno colon\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1, 2\r\n\r\nxx",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: +1\r\n\r\nx",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: -1\r\n\r\nx",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0x1\r\n\r\nx",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 99999999999999999999\r\n\r\nx",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "\u0000GET / HTTP/1.1\r\nHost: a.test\r\n\r\n",
            })
    void answers400AndCloses(String head) {
        int before = upstream.requests().size();
        try (RawClient client = gateway.client()) {
            RawClient.Response response = client.sendRaw(head).response();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(response.body()).contains("\"status\":400", "\"detail\":\"");
            assertThat(client.closed()).isTrue();
        }
        assertThat(upstream.requests()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nabc\r\n0\r\n\r\n",
                "-1\r\nabc\r\n0\r\n\r\n",
                "3 \r\nabc\r\n0\r\n\r\n",
                " 3\r\nabc\r\n0\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n",
                "3\nabc\r\n0\r\n\r\n",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\r\nabc\n0\r\n\r\n",
                "3;a=\u0001\r\nabc\r\n0\r\n\r\n",
                "3;\r\nabc\r\n0\r\n\r\n",
                "3;bad[=x\r\nabc\r\n0\r\n\r\n",
                "3;a=\"b\r\nabc\r\n0\r\n\r\n",
                "ffffffffffffffff1\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\nX : y\r\n\r\n",
                "3\r\nabc\r\n0\r\nbad trailer\r\n\r\n",
            })
    void answers400ToABodyThatBreaksItsFraming(String body) {
        try (RawClient client = gateway.client()) {
            client.sendRaw("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" + body);

            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void answers431ToALargeHeadAnd414ToALongTarget() {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nX: " + "x".repeat(5000) + "\n\n");
            assertThat(client.response().status()).isEqualTo(431);
        }
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\n" + "X: y\n".repeat(30) + "\n");
            assertThat(client.response().status()).isEqualTo(431);
        }
        try (RawClient client = gateway.client()) {
            client.send("GET /" + "x".repeat(2000) + " HTTP/1.1\nHost: a.test\n\n");
            assertThat(client.response().status()).isEqualTo(414);
        }
        try (RawClient client = gateway.client()) {
            client.send("GET /" + "x".repeat(9000));
            assertThat(client.response().status()).isEqualTo(414);
        }
    }

    @Test
    void answersOtherRefusalsWithTheirOwnStatus() {
        assertThat(refusal("GET / HTTP/2.0\nHost: a.test\n\n")).isEqualTo(505);
        assertThat(refusal("GET / HTTP/1.1\nHost: a.test\nExpect: magic\n\n")).isEqualTo(417);
        assertThat(refusal("POST / HTTP/1.1\nHost: a.test\nTransfer-Encoding: gzip, chunked\n\n"))
                .isEqualTo(501);
        assertThat(refusal("TRACE / HTTP/1.1\nHost: a.test\n\n")).isEqualTo(405);
        assertThat(refusal("CONNECT a.test:80 HTTP/1.1\nHost: a.test\n\n")).isEqualTo(405);
        assertThat(refusal("GET / HTTP/1.1\nHost: nobody.test\n\n")).isEqualTo(404);
    }

    private static int refusal(String request) {
        try (RawClient client = gateway.client()) {
            return client.send(request).response().status();
        }
    }

    @Test
    void countsWhatItRefusesByKind() {
        long malformed = gateway.count(Offence.MALFORMED);
        long large = gateway.count(Offence.TOO_LARGE);
        for (String head : new String[] {
            "GET / HTTP/1.1\r\nHost:\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5;\r\n",
            "GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: a.test\r\n\r\n",
        }) {
            try (RawClient client = gateway.client()) {
                assertThat(client.sendRaw(head).response().status()).isIn(400, 414);
            }
        }
        assertThat(gateway.count(Offence.MALFORMED)).isEqualTo(malformed + 2);
        assertThat(gateway.count(Offence.TOO_LARGE)).isEqualTo(large + 1);
    }

    @Test
    void cutsASlowHead() {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost:");
            untilAnswered(client);
            assertThat(client.response().status()).isEqualTo(408);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void cutsASlowBody() {
        try (RawClient client = gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 10\n\nabc");
            Awaitility.await().until(() -> gateway.sum(stats -> stats.activeRequests.get()) == 1);
            untilAnswered(client);
            assertThat(client.response().status()).isEqualTo(408);
            assertThat(client.closed()).isTrue();
        }
    }

    /** Lets more and more time pass. */
    private static void untilAnswered(RawClient client) {
        Awaitility.await().until(() -> {
            gateway.pass(SLOW.dividedBy(2));
            return client.in().available() > 0;
        });
    }

    @Test
    void closesAConnectionOnWhichNothingHappens() {
        try (RawClient client = gateway.client()) {
            assertThat(client.get("/").status()).isEqualTo(200);
            Awaitility.await().until(() -> {
                gateway.pass(IDLE.dividedBy(2));
                return gateway.plane().open() == 0;
            });
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void takesAHeadThatComesByteByByte() throws Exception {
        try (RawClient client = gateway.client()) {
            client.socket().setTcpNoDelay(true);
            for (char c : "\r\nGET /slow HTTP/1.1\r\nHost: a.test\r\nX: y\r\n\r\n".toCharArray()) {
                client.sendRaw(String.valueOf(c));
            }
            assertThat(client.response().status()).isEqualTo(200);
        }
        Awaitility.await()
                .atMost(5, TimeUnit.SECONDS)
                .until(() ->
                        gateway.observed().stream().anyMatch(each -> each.path().equals("/slow")));
    }
}
