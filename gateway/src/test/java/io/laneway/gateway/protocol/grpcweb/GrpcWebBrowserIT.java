package io.laneway.gateway.protocol.grpcweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.resilience.Policies;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.GrpcClients;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in Chromium calls a server of grpc-java by the official client, {@code grpc-web}, from another origin. */
class GrpcWebBrowserIT {

    private static final String PAGE = """
            <script>
            const exports = {}, module = {exports};
            </script>
            <script src="/client.js"></script>
            <script>
            const text = new TextEncoder(), read = bytes => new TextDecoder().decode(bytes);
            const method = (name, type) => new exports.MethodDescriptor('/t.Echo/' + name, type, Object, Object,
                message => text.encode(message), read);
            const call = (client, name) => client.unaryCall('GATEWAY/t.Echo/' + name, 'page', {},
                method(name, exports.MethodType.UNARY));
            const stream = client => new Promise((done, fail) => {
                const said = [];
                client.serverStreaming('GATEWAY/t.Echo/Two', 'page', {},
                    method('Two', exports.MethodType.SERVER_STREAMING))
                    .on('data', message => { said.push(message); if (said.length == 1) fetch('/first'); })
                    .on('error', fail)
                    .on('end', () => done(said));
            });
            (async () => {
                const all = {};
                for (const format of ['text', 'binary']) {
                    const client = new exports.GrpcWebClientBase({format});
                    const one = all[format] = {};
                    one.say = await call(client, 'Say');
                    one.fail = await call(client, 'Fail').then(x => x,
                        e => e.code + ' ' + e.message + ' ' + e.metadata['x-said']);
                    one.wait = await client.unaryCall('GATEWAY/t.Echo/Wait', 'page',
                        {deadline: String(Date.now() + 200)}, method('Wait', exports.MethodType.UNARY))
                        .then(x => x, e => e.code);
                    if (format == 'text') one.two = await stream(client);
                }
                return JSON.stringify(all);
            })().catch(e => 'failed: ' + e + ' ' + e.stack).then(body => fetch('/result', {method: 'POST', body}));
            </script>
            """;

    private final CompletableFuture<String> result = new CompletableFuture<>();

    @TempDir
    private Path profile;

    private HttpServer site(String script, int gatewayPort, EchoServer server) throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String page = PAGE.replace("GATEWAY", "http://a.test:" + gatewayPort);
        site.createContext("/", exchange -> respond(exchange, "text/html", page));
        site.createContext("/client.js", exchange -> respond(exchange, "text/javascript", script));
        site.createContext("/first", exchange -> {
            server.second.countDown();
            respond(exchange, "text/plain", "");
        });
        site.createContext("/result", exchange -> {
            result.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            respond(exchange, "text/plain", "");
        });
        site.start();
        return site;
    }

    private static void respond(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void theOfficialClientCallsAndStreams() throws Exception {
        String script = System.getenv("LANEWAY_GRPC_WEB");
        assumeTrue(
                script != null, "skipped: no grpc-web client (expected: the path of its index.js in LANEWAY_GRPC_WEB)");
        Path chromium = Programs.chromium().orElse(null);
        assumeTrue(chromium != null, "skipped: no browser (expected: chromium on the PATH, or in LANEWAY_CHROMIUM)");
        try (EchoServer server = new EchoServer();
                TestGateway gateway = TestGateway.over(Tables.one())) {
            HttpServer site = site(Files.readString(Path.of(script)), gateway.port(), server);
            String origin = "http://localhost:" + site.getAddress().getPort();
            Cors cors = new Cors(List.of(origin), List.of("POST"), List.of("x-mine"), false, Duration.ofMinutes(1));
            gateway.table(new Tables()
                    .service("a", "master", server.port())
                    .policy(Policies.with(new GrpcClients(true, null), cors))
                    .build());
            String said = visit(chromium, origin);
            site.stop(0);

            String fail = "\"fail\":\"5 no page, 50% off \u00e9 last\",\"wait\":4";
            assertThat(said)
                    .isEqualTo("{\"text\":{\"say\":\"hello page\"," + fail + ",\"two\":[\"one page\",\"two page\"]},"
                            + "\"binary\":{\"say\":\"hello page\"," + fail + "}}");
        }
    }

    private String visit(Path chromium, String origin) throws Exception {
        Process browser = new ProcessBuilder(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--host-resolver-rules=MAP a.test 127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        origin + "/")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return result.get(60, TimeUnit.SECONDS);
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
    }
}
