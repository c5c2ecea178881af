package io.laneway.cli.join;

import io.laneway.cli.remote.ControlClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.testkit.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A control API, a gateway that follows it, a server of the base lane and, where a test wants one, a server on this
 * machine that a joiner fronts. Confined to one thread.
 */
@SuppressWarnings("try") // what closes may be interrupted
final class JoinFleet implements AutoCloseable {

    private static final String TABLE = """
        {"lanes": [{"name": "f-1"}, {"name": "hard", "mode": "strict"}, {"name": "G0"}, {"name": "own"}],
         "services": [{"name": "order", "hosts": ["order.test"], "shift": "default", "deployments": [
           {"lane": "master", "endpoints": ["127.0.0.1:BASE"]},
           {"lane": "own", "endpoints": ["127.0.0.1:OWN"]}]},
          {"name": "pay", "hosts": ["pay.test"], "deployments": [
           {"lane": "master", "endpoints": ["127.0.0.1:BASE"]}]}],
         "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}],
                     "environments": [{"lane": "G0", "share": "0%"}]}]}
        """;

    private static final String GATEWAY = """
        id: gw
        listeners: [{name: edge, address: "127.0.0.1:0", trust: external, service: order}]
        admin: {address: "127.0.0.1:0"}
        accessLog: off
        table: {control: "CONTROL"}
        """;

    private final Path directory;
    private final int controlPort = FreePort.take();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<HttpServerResponse> slow = new ConcurrentLinkedQueue<>();
    private final List<JoinProcess> joiners = new ArrayList<>();
    private final Map<Integer, HttpServer> servers = new HashMap<>();
    private ControlApi control;
    private final Gateway gateway;

    JoinFleet(Path directory) throws Exception {
        this.directory = directory;
        this.control = ControlApi.start(ControlConfig.in(directory.resolve("control"), controlPort));
        String table = TABLE.replace("BASE", Integer.toString(serve("base", 0)))
                .replace("OWN", Integer.toString(serve("own", 0)));
        client().call("PUT", "/v1/table", table, null);
        byte[] config = GATEWAY.replace("CONTROL", url()).getBytes(StandardCharsets.UTF_8);
        this.gateway = Gateway.start(
                ConfigReader.read(config, directory.resolve("gw.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("test"));
    }

    String url() {
        return "http://127.0.0.1:" + controlPort;
    }

    ControlClient client() {
        return new ControlClient(URI.create(url()), null);
    }

    void restartControl() {
        control.close();
        control = ControlApi.start(ControlConfig.in(directory.resolve("control"), controlPort));
    }

    /** Starts a server that answers its name and the request's length; its port. */
    int serve(String name, int port) throws Exception {
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .webSocketHandler(
                        socket -> socket.textMessageHandler(text -> socket.writeTextMessage(name + ":" + text)))
                .requestHandler(request -> answer(request, name))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        servers.put(server.actualPort(), server);
        return server.actualPort();
    }

    /** Ends the responses of {@code /slow}, whose first part is sent. */
    void finish() {
        slow.forEach(response -> response.end(" done"));
    }

    /** Stops the server at a port. */
    void stop(int port) throws Exception {
        servers.remove(port).close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request, String name) {
        if (request.path().equals("/never")) {
            return;
        }
        if (request.path().equals("/slow")) {
            request.response().setChunked(true).write(name);
            slow.add(request.response());
            return;
        }
        if (request.path().equals("/last")) {
            request.response().putHeader("connection", "close");
        }
        if (request.path().equals("/echo")) {
            request.response().setChunked(true);
            request.pipeTo(request.response());
            return;
        }
        request.body().onSuccess(body -> request.response().end(name + " " + body.length()));
    }

    /** A joiner as a process. */
    JoinProcess join(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("join", "--control", url()));
        all.addAll(List.of(words));
        JoinProcess process = new JoinProcess(directory, all);
        joiners.add(process);
        return process;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port("edge") + path);
    }

    HttpRequest.Builder request(String path, String lane) {
        return HttpRequest.newBuilder(uri(path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("trace-branch", lane)
                .timeout(Duration.ofSeconds(60));
    }

    HttpClient http() {
        return http;
    }

    /** What answered a request. */
    String get(String lane) throws Exception {
        HttpResponse<String> response = http.send(request("/", lane).build(), BodyHandlers.ofString());
        return response.statusCode() == 200
                ? response.body().split(" ")[0]
                : response.statusCode() + " " + response.body();
    }

    @Override
    public void close() throws Exception {
        for (JoinProcess joiner : joiners) {
            joiner.close();
        }
        gateway.close();
        control.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
