package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The gateway as a whole has too much to do: what it sheds, how it says so, and that it recovers. */
class OverloadIT {

    private static final OverloadConfig MEMORY = new OverloadConfig(0, 0.9, Duration.ofSeconds(2));

    @Test
    void shedsAShareOfRequestsWhileMemoryIsShortAndNoneAfterwards() {
        AtomicReference<Double> used = new AtomicReference<>(0.99);
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = TestGateway.over(
                        Tables.one(upstream.port()),
                        config -> TestGateway.with(config, MEMORY),
                        new TestGateway.Hands(System::nanoTime, used::get));
                RawClient client = gateway.client()) {
            int shed = 0;
            for (int i = 0; i < 200; i++) {
                RawClient.Response response = client.get("/");
                if (response.status() == 503) {
                    shed++;
                    assertThat(response.header("retry-after")).isEqualTo("1");
                    assertThat(response.body()).contains("overloaded");
                }
            }
            assertThat(shed).isBetween(100, 198);
            assertThat(upstream.requests()).hasSize(200 - shed);
            assertThat(gateway.observed().stream().filter(e -> e.flag().equals("OM")))
                    .hasSize(shed);
            assertThat(gateway.count(Offence.SHED)).isEqualTo(shed);
            used.set(0.5);
            Awaitility.await().until(() -> gateway.plane().overload().percent() == 0);
            for (int i = 0; i < 50; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void takesNoMoreRequestsAtATimeThanConfigured() {
        Gate gate = new Gate();
        gate.shut();
        try (Upstream upstream = Upstream.responding(gate::pass);
                TestGateway gateway = TestGateway.over(
                        Tables.one(upstream.port()),
                        config -> TestGateway.with(config, new OverloadConfig(2, 1, Duration.ZERO)));
                RawClient one = gateway.client();
                RawClient two = gateway.client();
                RawClient three = gateway.client()) {
            String get = "GET / HTTP/1.1\nHost: a.test\n\n";
            one.send(get);
            two.send(get);
            Awaitility.await().until(() -> gate.inside() == 2);
            assertThat(three.send(get).response().status()).isEqualTo(503);
            assertThat(gateway.observed().get(0).flag()).isEqualTo("OM");
            gate.open();
            assertThat(one.response().status()).isEqualTo(200);
            assertThat(two.response().status()).isEqualTo(200);
            assertThat(three.send(get).response().status()).isEqualTo(200);
        }
    }
}
