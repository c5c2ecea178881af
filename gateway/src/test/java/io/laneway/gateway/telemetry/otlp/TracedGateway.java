package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A whole gateway that traces, with a table in a file; what it sends does not wait long for more. */
final class TracedGateway implements AutoCloseable {

    private final Gateway gateway;

    /**
     * Starts one.
     *
     * @param table     of services
     * @param tracing   the value of that key, in one line
     * @param variables of OpenTelemetry
     */
    TracedGateway(Path directory, String table, String tracing, Map<String, String> variables) {
        String document = """
            id: gw-1
            listeners:
              - {name: edge, address: "127.0.0.1:0"}
              - {name: inside, address: "127.0.0.1:0", trust: internal}
            admin: {address: "127.0.0.1:0"}
            threads: 2
            accessLog: off
            table: {file: lanes.yaml}
            tracing: %s
            """.formatted(tracing);
        Map<String, String> environment = new HashMap<>(Map.of("OTEL_BSP_SCHEDULE_DELAY", "20"));
        environment.putAll(variables);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("lanes.yaml"), table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gateway = Gateway.start(
                ConfigReader.read(
                                document.getBytes(StandardCharsets.UTF_8),
                                directory.resolve("laneway.yaml"),
                                environment)
                        .orThrow(),
                GatewayEnvironment.system("0.1"));
    }

    int edge() {
        return gateway.port("edge");
    }

    int inside() {
        return gateway.port("inside");
    }

    int adminPort() {
        return gateway.adminPort();
    }

    RawClient.Response get(String host, String path, String headers) {
        return get(edge(), host, path, headers);
    }

    RawClient.Response get(int port, String host, String path, String headers) {
        try (RawClient client = RawClient.to(port)) {
            return client.send("GET " + path + " HTTP/1.1\nHost: " + host + "\n" + headers + "\n")
                    .response();
        }
    }

    /** What its admin interface says. */
    String admin(String path, String headers) {
        return get(gateway.adminPort(), "localhost", path, headers).body();
    }

    /** The value of a metric, by its name and labels as written. */
    double metric(String sample) {
        return admin("/metrics", "")
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .sum();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
