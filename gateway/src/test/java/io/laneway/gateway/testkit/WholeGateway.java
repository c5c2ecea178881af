package io.laneway.gateway.testkit;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A gateway as users start it: of files in a directory, with its administration. Stateless. */
public final class WholeGateway {

    private WholeGateway() {}

    /**
     * Its configuration, with a table whose one service is at that port.
     *
     * @param edge what the listener {@code edge} has besides name and address, such as {@code auth: {…}}
     * @param more further lines of the configuration
     */
    public static GatewayConfig config(Path directory, int upstream, String edge, String... more) throws IOException {
        Files.writeString(directory.resolve("lanes.yaml"), """
                services: [{name: a, hosts: [a.test], deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}]
                """.formatted(upstream));
        String document = """
                listeners:
                  - {name: edge, address: "127.0.0.1:0", %s}
                admin: {address: "127.0.0.1:0"}
                table: {file: lanes.yaml}
                threads: 1
                accessLog: off
                %s
                """.formatted(edge, String.join("\n", more));
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return ConfigReader.read(bytes, directory.resolve("laneway.yaml"), Map.of())
                .orThrow();
    }

    /** What its {@code /metrics} says. */
    public static String metrics(Gateway gateway) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
