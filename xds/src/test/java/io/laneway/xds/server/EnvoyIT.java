package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.laneway.testkit.FreePort;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Envoy itself with the bootstrap of the how-to, where one is on the PATH: what the models say is what it does. */
class EnvoyIT {

    private static final int CHANGES = 50;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @TempDir
    private Path directory;

    private Control control;
    private HttpLane master;
    private HttpLane feature;
    private String listener;

    @BeforeEach
    void start() throws Exception {
        control = with(Control.start(directory.resolve("data")));
        master = with(HttpLane.start("master"));
        feature = with(HttpLane.start("f-1"));
        control.put("/v1/services/order", "{\"name\": \"order\"}");
        control.put("/v1/lanes/f-1", "{\"name\": \"f-1\"}");
        deploy("master", master, true);
        deploy("f-1", feature, true);
        listener = "127.0.0.1:" + FreePort.take();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T with(T started) {
        open.add(0, started);
        return started;
    }

    private void deploy(String lane, HttpLane at, boolean ready) throws Exception {
        String endpoint = "{\"address\": \"" + at.address() + "\", \"ready\": " + ready + "}";
        control.put(
                "/v1/services/order/deployments/" + lane,
                "{\"protocol\": \"http1\", \"endpoints\": [" + endpoint + "]}");
    }

    private void envoy(String apiType) throws Exception {
        assumeTrue(
                Programs.has("envoy"),
                "skipped: no envoy on the PATH (https://www.envoyproxy.io/docs/envoy/latest/start/install)");
        Path bootstrap = Files.writeString(
                directory.resolve("bootstrap.yaml"), Bootstrap.of("envoy-it", listener, control.xdsPort(), apiType));
        Process process = new ProcessBuilder(
                        "envoy", "-c", bootstrap.toString(), "--use-dynamic-base-id", "--concurrency", "2")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("envoy.log").toFile())
                .start();
        with((AutoCloseable) () -> Programs.end(process));
        answers("master -");
    }

    private void answers(String expected, String... headers) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get(headers).body()).isEqualTo(expected));
    }

    private HttpRequest.Builder to(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + listener + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.header("x-forwarded-for", "10.0.0.1");
    }

    private HttpResponse<String> get(String... headers) throws IOException, InterruptedException {
        return http.send(to("/", headers).build(), BodyHandlers.ofString());
    }

    private void policy(String policy) throws Exception {
        control.put(
                "/v1/services/order?wait=applied&timeout=20s",
                "{\"name\": \"order\", \"hosts\": [\"127.0.0.1\"], \"policy\": " + policy + "}");
        await().untilAsserted(() -> assertThat(control.get("/v1/lint")).doesNotContain("xds-nack"));
    }

    @Test
    void theBootstrapOfTheHowToIsOneOfEnvoys() throws Exception {
        TypeRegistry types = TypeRegistry.newBuilder()
                .add(HttpProtocolOptions.getDescriptor())
                .build();
        var read = io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.newBuilder();
        JsonFormat.parser().usingTypeRegistry(types).merge(Bootstrap.json(Bootstrap.onThePage()), read);

        assertThat(read.getNode().getMetadata().getFieldsMap()).containsKey("laneway");
        assertThat(read.getDynamicResources().getAdsConfig().getGrpcServicesCount())
                .isEqualTo(1);
        assertThat(Bootstrap.of("n", "127.0.0.1:1", 2, "GRPC")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void lanesAreServedAndNoRequestFailsWhileTheTableChanges(String apiType) throws Exception {
        policy("{}");
        envoy(apiType);
        answers("f-1 f-1", "trace-branch", "f-1");
        answers("f-1 f-1", "cookie", "a=b; trace-branch=f-1");
        answers("f-1 -", "baggage", "trace-branch=f-1");
        answers("master unknown", "trace-branch", "unknown");

        for (int i = 1; i <= CHANGES; i++) {
            deploy("f-1", feature, i % 2 == 0);
            assertThat(get("trace-branch", "f-1").statusCode()).isEqualTo(200);
            assertThat(get().body()).isEqualTo("master -");
        }
        answers("f-1 f-1", "trace-branch", "f-1");
        deploy("f-1", feature, false);
        answers("master f-1", "trace-branch", "f-1");
        assertThat(control.get("/v1/lint")).doesNotContain("xds-nack");
    }

    @Test
    void filtersDoWhatPoliciesSay() throws Exception {
        policy("{}");
        envoy("DELTA_GRPC");

        policy("{\"maxBody\": \"1KiB\"}");
        await().untilAsserted(() ->
                assertThat(post(BodyPublishers.ofString("x".repeat(1025)))).isEqualTo(413));
        assertThat(post(BodyPublishers.ofString("x".repeat(1024)))).isEqualTo(200);
        assertThat(post(unknownLength(1024))).isEqualTo(200);
        assertThat(post(unknownLength(2000))).isEqualTo(413);

        policy("{\"fault\": {\"lane\": \"f-1\", \"abort\": 418}}");
        await().untilAsserted(() ->
                assertThat(get("trace-branch", "f-1").statusCode()).isEqualTo(418));
        assertThat(get().statusCode()).isEqualTo(200);

        policy("{\"cors\": {\"origins\": [\"https://*.example.com\"]}}");
        await().untilAsserted(
                        () -> assertThat(preflight("https://a.example.com")).isEqualTo("https://a.example.com"));
        assertThat(preflight("https://a.example.org")).isEmpty();

        policy("{\"sticky\": {\"cookie\": \"seat\"}}");
        await().untilAsserted(() ->
                assertThat(get().headers().allValues("set-cookie")).anyMatch(each -> each.startsWith("seat=")));

        policy("{\"rate\": {\"requests\": 2, \"per\": \"1h\", \"key\": \"header:x-client\"}}");
        await().untilAsserted(
                        () -> assertThat(get("x-client", "a").statusCode()).isEqualTo(429));
        assertThat(get("x-client", "b").statusCode()).isEqualTo(200);
    }

    private int post(HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        return http.send(to("/").POST(body).build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.BodyPublisher unknownLength(int bytes) {
        return BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[bytes]));
    }

    private String preflight(String origin) throws IOException, InterruptedException {
        HttpRequest request = to("/", "origin", origin, "access-control-request-method", "PUT")
                .method("OPTIONS", BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.discarding())
                .headers()
                .firstValue("access-control-allow-origin")
                .orElse("");
    }
}
