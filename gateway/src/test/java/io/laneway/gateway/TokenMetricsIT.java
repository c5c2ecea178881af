package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TokenKey;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WholeGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with {@code jwt}, from its file: what it serves, and what its metrics say of it. */
class TokenMetricsIT {

    private static final TokenKey KEY = TokenKey.of("k1");

    @TempDir
    private Path dir;

    private GatewayConfig config(int upstream) throws Exception {
        Files.writeString(dir.resolve("keys.json"), KeyPublisher.document(KEY));
        return WholeGateway.config(
                dir,
                upstream,
                "jwt: {issuers: [{issuer: 'https://id', audiences: [shop], jwks: keys.json}], require: true}");
    }

    @Test
    void whatBecameOfTokensIsCounted() throws Exception {
        long end = System.currentTimeMillis() / 1_000 + 600;
        String token = KEY.sign("{\"iss\":\"https://id\",\"aud\":\"shop\",\"exp\":" + end + "}");
        try (Upstream upstream = Upstream.saying("a");
                Gateway gateway = Gateway.start(config(upstream.port()), GatewayEnvironment.system("0.1"));
                RawClient client = RawClient.to(gateway.port("edge"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/", "Authorization: Bearer " + token + "\n")
                                .status())
                        .isEqualTo(200);
            }
            assertThat(client.get("/").status()).isEqualTo(401);
            assertThat(client.get("/", "Authorization: Bearer a.b.c\n").status())
                    .isEqualTo(401);
            assertThat(WholeGateway.metrics(gateway))
                    .contains(
                            "laneway_tokens_total{listener=\"edge\",outcome=\"verified\"} 1.0",
                            "laneway_tokens_total{listener=\"edge\",outcome=\"remembered\"} 2.0",
                            "laneway_tokens_total{listener=\"edge\",outcome=\"missing\"} 1.0",
                            "laneway_tokens_total{listener=\"edge\",outcome=\"malformed\"} 1.0",
                            "laneway_tokens_remembered{listener=\"edge\"} 1.0",
                            "laneway_token_keys{issuer=\"https://id\",listener=\"edge\"} 1.0",
                            "laneway_token_key_reads_total{issuer=\"https://id\",listener=\"edge\",outcome=\"failure\"} 0.0");
        }
    }
}
