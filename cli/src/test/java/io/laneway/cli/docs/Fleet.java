package io.laneway.cli.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A gateway between an application under test, deployed in the base lane alone, and the service that it calls, which is
 * there in {@code master} and in {@code f-1} and says so. Confined to one thread.
 */
final class Fleet implements AutoCloseable {

    private static final String CONFIG = """
            listeners:
              - {name: edge, address: "127.0.0.1:0", trust: external}
              - {name: outbound, address: "127.0.0.1:0", trust: internal}
            admin: {address: "127.0.0.1:0"}
            accessLog: off
            table: {file: lanes.yaml}
            """;

    private static final String TABLE = """
            lanes: [{name: f-1}]
            services:
              - name: %1$s
                hosts: [%1$s.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%2$d"]}]
              - name: %3$s
                deployments:
                  - {lane: master, protocol: http1, endpoints: ["127.0.0.1:%4$d"]}
                  - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:%5$d"]}
            """;

    private final List<HttpServer> servers = new ArrayList<>();
    private final Gateway gateway;

    /**
     * Starts it.
     *
     * @param port where the application will listen
     */
    Fleet(Path folder, String application, int port, String called) throws IOException {
        Path config = Files.writeString(folder.resolve("laneway.yaml"), CONFIG);
        int master = serve(called + "@master");
        int lane = serve(called + "@f-1");
        Files.writeString(folder.resolve("lanes.yaml"), TABLE.formatted(application, port, called, master, lane));
        ConfigReader.Result read = ConfigReader.read(config, Map.of());
        gateway = Gateway.start(Objects.requireNonNull(read.config()), GatewayEnvironment.system("test"));
    }

    private int serve(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> end(exchange, name));
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private static void end(HttpExchange exchange, String name) throws IOException {
        byte[] body = name.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The port of the listener that applications call others through. */
    int outbound() {
        return gateway.port("outbound");
    }

    /** What the application answers, through the edge, to a request that asks for a lane. */
    String ask(String application, String lane) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port("edge"))))
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + application + ".test/"))
                .setHeader("trace-branch", lane)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
    }

    @Override
    public void close() {
        gateway.close();
        servers.forEach(server -> server.stop(0));
    }
}
