package io.laneway.gateway.server.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.TokenKey;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway reports of its listeners: the external ones that verify no tokens. */
class ReportedListenersIT {

    @TempDir
    private Path dir;

    private GatewayConfig config(FakeControl control) throws Exception {
        Files.writeString(dir.resolve("keys.json"), KeyPublisher.document(TokenKey.of("k1")));
        String document = """
                listeners:
                  - {name: edge, address: "127.0.0.1:0"}
                  - {name: verified, address: "127.0.0.1:0", jwt: {issuers: [{issuer: i, jwks: keys.json}]}}
                  - {name: inside, address: "127.0.0.1:0", trust: internal}
                admin: {address: "127.0.0.1:0"}
                table: {control: "%s"}
                threads: 1
                accessLog: off
                """.formatted(control.uri());
        return ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), dir.resolve("laneway.yaml"), Map.of())
                .orThrow();
    }

    @Test
    void anExternalListenerWithoutJwtIsNamed() throws Exception {
        Vertx vertx = Vertx.vertx();
        FakeControl control = new FakeControl(vertx);
        control.greeting =
                "event: snapshot\nid: 1\ndata: {\"store\":\"s\",\"revision\":1,\"table\":{\"lanes\":[]}}\n\n";
        try (Gateway gateway = Gateway.start(config(control), GatewayEnvironment.system("0.1"))) {
            assertThat(gateway.port("edge")).isPositive();
            await().until(() -> !control.reports.isEmpty());
            assertThat(control.reports.get(0).getJsonArray("unverified")).containsExactly("edge");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
