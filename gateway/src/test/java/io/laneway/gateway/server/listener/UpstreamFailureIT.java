package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.DeadPort;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Timeouts;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that fail, and what clients see of it. */
class UpstreamFailureIT {

    @Test
    void answers503WhenNobodyListens() {
        try (DeadPort dead = DeadPort.hold();
                TestGateway gateway = TestGateway.over(Tables.one(dead.number()));
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/x");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body())
                    .contains("upstream connect error or disconnect/reset before headers", "\"service\":\"a\"");
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UF");
            assertThat(gateway.observed().get(0).retries()).isEqualTo(1);
            assertThat(client.get("/again").status()).isEqualTo(503);
        }
    }

    @Test
    void triesAnotherEndpointWhenOneRefuses() {
        try (DeadPort dead = DeadPort.hold();
                Upstream alive = Upstream.saying("alive");
                TestGateway gateway = TestGateway.over(Tables.one(dead.number(), alive.port()));
                RawClient client = gateway.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 3\n\nabc")
                                .response()
                                .body())
                        .isEqualTo("alive");
            }
            assertThat(alive.requests()).allMatch(request -> request.body().equals("abc"));
        }
    }

    @Test
    void triesAgainOnAFreshConnectionWhenTheKeptOneIsStale() {
        AtomicInteger connections = new AtomicInteger();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    int number = connections.incrementAndGet();
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: 1\n\n" + number);
                    if (number == 1) {
                        conversation.read();
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            assertThat(client.get("/").body()).isEqualTo("1");
            assertThat(client.send("PUT / HTTP/1.1\nHost: a.test\nContent-Length: 3\n\nabc")
                            .response()
                            .body())
                    .isEqualTo("2");
            assertThat(upstream.requests()).extracting(Upstream.Request::body).containsExactly("", "abc", "abc");
        }
    }

    @Test
    void doesNotSendAPostTwice() {
        AtomicInteger connections = new AtomicInteger();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    connections.incrementAndGet();
                    conversation.read();
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 3\n\nabc");
            assertThat(client.response().status()).isEqualTo(503);
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void cutsTheClientWhenAResponseBreaksOff() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.send("HTTP/1.1 200 OK\nContent-Length: 100\n\npartial");
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            assertThatThrownBy(() -> client.get("/")).hasMessageContaining("ended after 7 of 100 bytes");
            Awaitility.await().until(() -> gateway.observed().size() == 1);
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UC");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\n\n",
                "HTTP/1.1 2000 OK\nContent-Length: 0\n\n",
                "HTTP/2 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\nab",
                "HTTP/1.1 200 OK\nTransfer-Encoding: gzip\n\n",
                "HTTP/1.1 200 OK\nX : y\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\nX: \u0001\nContent-Length: 0\n\n",
            })
    void answers502ToAMalformedResponse(String response) {
        try (Upstream upstream = Upstream.responding(request -> response);
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            assertThat(client.get("/").status()).isEqualTo(502);
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UPE");
        }
    }

    @Test
    void dropsAConnectionWithBytesNobodyAskedFor() {
        try (Upstream upstream = Upstream.responding(request ->
                        "HTTP/1.1 200 OK\nContent-Length: 2\n\nokHTTP/1.1 200 OK\nContent-Length: 4\n\nevil");
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void answers504WhenTheResponseDoesNotComeInTime() {
        Timeouts hasty = new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMinutes(5));
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.head();
                });
                TestGateway gateway = TestGateway.over(new Tables()
                        .service("a", "master", upstream.port())
                        .policy(Policies.with(hasty))
                        .build());
                RawClient client = gateway.client()) {
            RawClient.Response response = client.get("/");
            assertThat(response.status()).isEqualTo(504);
            assertThat(response.body()).contains("upstream request timeout");
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UT");
        }
    }

    @Test
    void givesTheEndpointUpWhenTheClientGoes() {
        AtomicInteger closed = new AtomicInteger();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    if (conversation.head() == null) {
                        closed.incrementAndGet();
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()))) {
            try (RawClient client = gateway.client()) {
                client.send("GET / HTTP/1.1\nHost: a.test\n\n");
                Awaitility.await().until(() -> upstream.requests().size() == 1);
            }
            Awaitility.await().until(() -> closed.get() == 1);
            assertThat(gateway.observed().get(0).flag()).isEqualTo("DC");
        }
    }
}
