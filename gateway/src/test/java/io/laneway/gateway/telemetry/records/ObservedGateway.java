package io.laneway.gateway.telemetry.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.testkit.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** A whole gateway with its admin interface, its access log in a file, and a table in another. */
final class ObservedGateway implements AutoCloseable {

    private final Path directory;
    private final Gateway gateway;

    /**
     * Starts one.
     *
     * @param table of services
     * @param more  of the configuration
     */
    ObservedGateway(Path directory, String table, String more) {
        this.directory = directory;
        write(table);
        String document = """
            id: gw
            listeners:
              - {name: edge, address: "127.0.0.1:0"}
              - {name: inside, address: "127.0.0.1:0", trust: internal}
            admin: {address: "127.0.0.1:0"}
            threads: 2
            accessLog: {format: json, path: access.json}
            table: {file: lanes.yaml}
            """ + more;
        gateway = Gateway.start(
                ConfigReader.read(
                                document.getBytes(StandardCharsets.UTF_8), directory.resolve("laneway.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("0.1"));
    }

    void write(String table) {
        try {
            Files.createDirectories(directory);
            Path next = Files.writeString(directory.resolve("next.yaml"), table);
            Files.move(next, directory.resolve("lanes.yaml"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long revision() {
        return gateway.tables().status().followed().revision();
    }

    int edge() {
        return gateway.port("edge");
    }

    int inside() {
        return gateway.port("inside");
    }

    int admin() {
        return gateway.adminPort();
    }

    /** A client of the external listener. */
    RawClient client() {
        return RawClient.to(edge());
    }

    RawClient.Response ask(String path) {
        try (RawClient client = RawClient.to(admin())) {
            return client.send("GET " + path + " HTTP/1.1\nHost: localhost\n\n").response();
        }
    }

    /** What is said of requests, asked for by {@code request=} or {@code trace=}. */
    List<JsonObject> explain(String question) {
        RawClient.Response response = ask("/explain?" + question);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        JsonArray requests = new JsonObject(response.body()).getJsonArray("requests");
        return requests.stream().map(JsonObject.class::cast).toList();
    }

    /** The access log as far as it is written. */
    List<JsonObject> log() throws IOException {
        Path file = directory.resolve("access.json");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(JsonObject::new).toList()
                : List.of();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
