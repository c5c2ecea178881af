package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Rate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a request comes from, behind proxies of ours and not, where a policy goes by the source. */
class SourceIT {

    private static TestGateway gateway(int trustedHops, Object policy, int... ports) {
        ListenerConfig plain = ListenerConfig.of("edge", new Address("127.0.0.1", 0), Trust.EXTERNAL);
        ListenerConfig edge = new ListenerConfig(
                plain.name(),
                plain.address(),
                plain.trust(),
                true,
                plain.defaultLane(),
                plain.service(),
                plain.unknownHost(),
                plain.tls(),
                plain.proxyProtocol(),
                trustedHops,
                plain.paths());
        return TestGateway.over(
                new Tables()
                        .service("a", "master", ports)
                        .policy(Policies.with(policy))
                        .build(),
                config -> TestGateway.with(config, List.of(edge)));
    }

    private static String from(int client) {
        return "x-forwarded-for: 203.0.113." + client + "\n";
    }

    @Test
    void countsARateForEachClientBehindAProxyOfOurs() {
        Rate rate = new Rate(1, Duration.ofMinutes(1), 1, Rate.Key.SOURCE, "");
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway behind = gateway(1, rate, upstream.port());
                TestGateway open = gateway(0, rate, upstream.port());
                RawClient trusted = behind.client();
                RawClient stranger = open.client()) {
            assertThat(trusted.get("/", from(1)).status()).isEqualTo(200);
            assertThat(trusted.get("/", from(2)).status()).isEqualTo(200);
            assertThat(trusted.get("/", from(1)).status()).isEqualTo(429);
            // what a stranger says of itself is no way around the limit
            assertThat(stranger.get("/", from(1)).status()).isEqualTo(200);
            assertThat(stranger.get("/", from(2)).status()).isEqualTo(429);
        }
    }

    @Test
    void spreadsClientsBehindAProxyOfOursOverARingAndKeepsEachInItsPlace() {
        Balancer ring = new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, "");
        try (Upstream one = Upstream.saying("one");
                Upstream two = Upstream.saying("two");
                TestGateway behind = gateway(1, ring, one.port(), two.port());
                TestGateway open = gateway(0, ring, one.port(), two.port());
                RawClient trusted = behind.client();
                RawClient stranger = open.client()) {
            Set<String> ofAll = new HashSet<>();
            Set<String> ofStrangers = new HashSet<>();
            for (int client = 1; client <= 20; client++) {
                String first = trusted.get("/", from(client)).body();
                assertThat(trusted.get("/", from(client)).body()).isEqualTo(first);
                ofAll.add(first);
                ofStrangers.add(stranger.get("/", from(client)).body());
            }
            assertThat(ofAll).containsExactlyInAnyOrder("one", "two");
            assertThat(ofStrangers).hasSize(1);
        }
    }
}
