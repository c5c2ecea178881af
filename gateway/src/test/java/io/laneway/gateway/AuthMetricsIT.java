package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WholeGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with {@code auth}, from its file: what its metrics say of it. */
class AuthMetricsIT {

    @TempDir
    private Path dir;

    private GatewayConfig config(int upstream, int authorizer) throws Exception {
        return WholeGateway.config(
                dir, upstream, "auth: {http: 'http://127.0.0.1:%d', timeout: 30s, cache: 60s}".formatted(authorizer));
    }

    /** Lets {@code a} in, and is broken for {@code c}. */
    private static String rule(Upstream.Request request) {
        String who = request.header("authorization");
        String status = "a".equals(who) ? "200 OK" : "c".equals(who) ? "500 Broken" : "403 Forbidden";
        return "HTTP/1.1 " + status + "\nContent-Length: 0\n\n";
    }

    @Test
    void whatBecameOfRequestsIsCounted() throws Exception {
        try (Upstream upstream = Upstream.saying("a");
                Upstream authorizer = Upstream.responding(AuthMetricsIT::rule);
                Gateway gateway =
                        Gateway.start(config(upstream.port(), authorizer.port()), GatewayEnvironment.system("0.1"));
                RawClient client = RawClient.to(gateway.port("edge"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/", "Authorization: a\n").status()).isEqualTo(200);
            }
            assertThat(client.get("/", "Authorization: b\n").status()).isEqualTo(403);
            assertThat(client.get("/", "Authorization: c\n").status()).isEqualTo(403);
            assertThat(WholeGateway.metrics(gateway))
                    .contains(
                            "laneway_authorizations_total{listener=\"edge\",outcome=\"allowed\"} 3.0",
                            "laneway_authorizations_total{listener=\"edge\",outcome=\"denied\"} 1.0",
                            "laneway_authorizations_total{listener=\"edge\",outcome=\"error_denied\"} 1.0",
                            "laneway_authorizer_decisions_total{from=\"asked\",listener=\"edge\"} 3.0",
                            "laneway_authorizer_decisions_total{from=\"remembered\",listener=\"edge\"} 2.0",
                            "laneway_authorizer_errors_total{listener=\"edge\"} 1.0",
                            "laneway_authorizer_questions_active{listener=\"edge\"} 0.0",
                            "laneway_authorizer_decisions_remembered{listener=\"edge\"} 2.0",
                            "laneway_authorizer_duration_seconds_count{listener=\"edge\"} 3");
        }
    }
}
