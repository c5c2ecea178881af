package example.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both filters in a real gateway, which finds them on the class path, before a service that says what it got. */
class ExampleFiltersIT {

    private static final String KEYS = "{filter: api-keys, paths: [/keys], settings: {keys: [s3cret ann]}}";
    private static final String SIGNED = "{filter: signatures, paths: [/signed], settings: {secret: key, maxBody: 64}}";

    /** HMAC-SHA256 of {@code hello} with {@code key}. */
    private static final String HELLO = "9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b";

    @TempDir
    private Path dir;

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer service;

    @BeforeEach
    void serve() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String said = exchange.getRequestHeaders().getFirst("x-client-name") + " "
                    + exchange.getRequestHeaders().getFirst("x-api-key") + " " + body;
            exchange.sendResponseHeaders(200, said.length());
            exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private GatewayConfig config(String filters) throws Exception {
        Files.writeString(
                dir.resolve("lanes.yaml"), """
                services: [{name: a, hosts: [localhost], deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]}]
                """.formatted(service.getAddress().getPort()));
        String document = """
                listeners: [{name: edge, address: "127.0.0.1:0", filters: [%s]}]
                admin: {address: "127.0.0.1:0"}
                table: {file: lanes.yaml}
                threads: 1
                accessLog: off
                """.formatted(filters);
        return ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), dir.resolve("laneway.yaml"), Map.of())
                .orThrow();
    }

    private HttpResponse<String> post(Gateway gateway, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + gateway.port("edge") + path))
                .POST(BodyPublishers.ofString(body))
                .version(HttpClient.Version.HTTP_1_1);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void keysAreShownToTheGatewayAndNamesToServices() throws Exception {
        try (Gateway gateway = Gateway.start(config(KEYS + ", " + SIGNED), GatewayEnvironment.system("test"))) {
            HttpResponse<String> known = post(gateway, "/keys", "hi", "x-api-key", "s3cret", "x-client-name", "root");
            assertThat(known.body()).isEqualTo("ann null hi");
            assertThat(known.headers().firstValue("x-served-for")).contains("ann");
            HttpResponse<String> unknown = post(gateway, "/keys", "hi", "x-api-key", "guess");
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.headers().firstValue("www-authenticate")).contains("ApiKey realm=\"a\"");
            assertThat(post(gateway, "/", "hi").body()).isEqualTo("null null hi");
        }
    }

    @Test
    void signedBodiesPassAndOthersDoNot() throws Exception {
        try (Gateway gateway = Gateway.start(config(SIGNED), GatewayEnvironment.system("test"))) {
            HttpResponse<String> signed = post(gateway, "/signed", "hello", "x-signature", HELLO);
            assertThat(signed.body()).isEqualTo("null null hello");
            assertThat(post(gateway, "/signed", "hallo", "x-signature", HELLO).statusCode())
                    .isEqualTo(403);
            assertThat(post(gateway, "/signed", "hello").statusCode()).isEqualTo(403);
            assertThat(post(gateway, "/signed", "h".repeat(65)).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void wrongSettingsAreNamedAndTheirValuesKept() throws Exception {
        GatewayConfig wrong = config("{filter: api-keys, settings: {keys: [\"s3cret\"]}}");
        assertThatThrownBy(() -> Gateway.start(wrong, GatewayEnvironment.system("test")))
                .hasMessageContaining("laneway.yaml:1: listeners[0].filters[0].settings.keys[0]: of another form"
                        + " (expected: a key and a name)")
                .hasMessageNotContaining("s3cret");
    }
}
