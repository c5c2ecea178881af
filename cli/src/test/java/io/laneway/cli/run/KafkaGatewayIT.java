package io.laneway.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.kafka.table.KafkaTablePublisher;
import io.laneway.kafka.table.TableTopic;
import io.laneway.kafka.testkit.Broker;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose table comes by Kafka, with a broker that is there, away, and back. */
class KafkaGatewayIT {

    @TempDir
    Path data;

    private final String topic = "table-" + UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
        Broker.shared().start();
    }

    @Test
    void servesItsLastKnownGoodTableWithoutABrokerAndFollowsOnWhenItIsBack() throws Exception {
        Broker broker = Broker.shared();
        int master = service("master");
        int lane = service("f-1");
        try (KafkaTablePublisher publisher =
                new KafkaTablePublisher(new TableTopic(broker.servers(), topic, Map.of()))) {
            done(publisher.position("s1"));
            done(publisher.snapshot("s1", table(1, master, "")));
            try (Gateway gateway = gateway(broker)) {
                await().atMost(Broker.patience()).until(() -> served(gateway).equals("master master"));
            }
            broker.kill();
            try (Gateway gateway = gateway(broker)) {
                assertThat(served(gateway)).as("at once, from disk").isEqualTo("master master");
                await().atMost(Broker.patience())
                        .untilAsserted(() -> assertThat(admin(gateway, "/table"))
                                .contains("kafka " + topic)
                                .contains("\"connected\":false"));
                broker.start();
                String second = "{lane: f-1, endpoints: [\"127.0.0.1:" + lane + "\"]}";
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                    if (done(publisher.position("s1")) == 1) {
                        done(publisher.snapshot("s1", table(2, master, ", " + second)));
                    }
                    return true;
                });
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> served(gateway).equals("f-1 f-1"));
            }
        }
    }

    private Gateway gateway(Broker broker) {
        String document = """
            listeners:
              - {name: edge, address: "127.0.0.1:0", trust: external, service: order}
            admin: {address: "127.0.0.1:0"}
            table: {kafka: {servers: "%s", topic: %s, properties: {reconnect.backoff.max.ms: "500"}}}
            data: %s
            """.formatted(broker.servers(), topic, data);
        ConfigReader.Result read = ConfigReader.read(document.getBytes(UTF_8), data.resolve("laneway.yaml"), Map.of());
        assertThat(read.problems()).isEmpty();
        return Gateway.start(
                Objects.requireNonNull(read.config()),
                GatewayEnvironment.system("test").withSources(Sources::of));
    }

    private static LaneTable table(long revision, int master, String more) {
        String document = """
            revision: %d
            lanes: [{name: f-1}]
            services:
              - name: order
                deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}%s]
            """.formatted(revision, master, more);
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(document.getBytes(UTF_8), "table", problems);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(table);
    }

    private int service(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, name.length());
            exchange.getResponseBody().write(name.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    /** What answered a request for lane f-1, and the lane that the gateway names. */
    private String served(Gateway gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port("edge") + "/"))
                .header("trace-branch", "f-1")
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        return response.body() + " "
                + response.headers().firstValue("x-laneway-lane").orElse("none");
    }

    private String admin(Gateway gateway, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
    }
}
