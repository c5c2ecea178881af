package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.TokenKey;
import io.laneway.gateway.testkit.Upstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with {@code jwt}, from its file: what it serves, and what its metrics say of it. */
class TokenMetricsIT {

    private static final TokenKey KEY = TokenKey.of("k1");

    @TempDir
    private Path dir;

    private GatewayConfig config(int upstream) throws Exception {
        Files.writeString(dir.resolve("keys.json"), KeyPublisher.document(KEY));
        Files.writeString(dir.resolve("lanes.yaml"), """
                services: [{name: a, hosts: [a.test], deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}]
                """.formatted(upstream));
        String document = """
                listeners:
                  - name: edge
                    address: "127.0.0.1:0"
                    jwt: {issuers: [{issuer: "https://id", audiences: [shop], jwks: keys.json}], require: true}
                admin: {address: "127.0.0.1:0"}
                table: {file: lanes.yaml}
                threads: 1
                accessLog: off
                """;
        return ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), dir.resolve("laneway.yaml"), Map.of())
                .orThrow();
    }

    private static String metrics(Gateway gateway) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
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
            assertThat(metrics(gateway))
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
