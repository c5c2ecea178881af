package io.laneway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartTest {

    private static final String GATEWAY = """
        listeners:
          - name: api
            address: "127.0.0.1:0"
            tls: {certificates: [{certificate: broken.pem, privateKey: broken.pem}]}
        admin: {address: "127.0.0.1:0"}
        table: {file: lanes.yaml}
        rates: {redis: ["redis://127.0.0.1:1"]}
        """;

    @TempDir
    Path directory;

    @Test
    void aGatewayThatCannotStartSpeaksToNoServer() throws Exception {
        Files.writeString(directory.resolve("broken.pem"), "broken");
        Files.writeString(directory.resolve("lanes.yaml"), "services: []");
        GatewayConfig config = ConfigReader.read(
                        GATEWAY.getBytes(StandardCharsets.UTF_8), directory.resolve("laneway.yaml"), Map.of())
                .orThrow();
        assertThatThrownBy(() -> Gateway.start(config, GatewayEnvironment.system("test")))
                .hasMessageStartingWith("listeners: api: tls: ");
        Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toSet());
        assertThat(threads).noneMatch(name -> name.startsWith("laneway-rates") || name.startsWith("lettuce-"));
    }
}
