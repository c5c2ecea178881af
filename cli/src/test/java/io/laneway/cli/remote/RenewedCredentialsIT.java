package io.laneway.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.ControlConfig.Listen;
import io.laneway.control.ControlConfig.Tls;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.Role;
import io.laneway.testkit.FreePort;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of credentials that are renewed while a command runs. */
class RenewedCredentialsIT {

    @TempDir
    Path directory;

    private final int port = FreePort.take();
    private RenewedSecret secret;

    @BeforeEach
    void issue() throws Exception {
        secret = new RenewedSecret(directory.resolve("secret"), "dev");
    }

    private ControlApi control() {
        Tls tls = new Tls(secret.file("tls.crt"), secret.file("tls.key"), secret.file("ca.crt"));
        return ControlApi.start(ControlConfig.in(directory.resolve("control"), port)
                .with(new Listen("127.0.0.1", port, tls))
                .with(new AuthConfig(null, Map.of("CN=dev", Role.ADMIN), List.of())));
    }

    private Target target() {
        return new Target(
                URI.create("https://localhost:" + port),
                null,
                null,
                secret.file("ca.crt"),
                secret.file("dev.crt"),
                secret.file("dev.key"));
    }

    @Test
    void certificatesAreThoseOfTheMomentAtEachCall() throws Exception {
        ControlClient client;
        try (ControlApi before = control()) {
            client = new ControlClient(target());
            assertThat(before.port()).isEqualTo(port);
            assertThat((JsonObject) client.get("/v1/lanes")).isNotNull();
        }
        secret.renew();
        try (ControlApi after = control()) {
            assertThat(after.port()).isEqualTo(port);
            assertThat((JsonObject) client.get("/v1/lanes")).isNotNull();
            Files.delete(secret.file("dev.key"));
            assertThat((JsonObject) client.get("/v1/lanes"))
                    .as("a pair that is not whole changes nothing")
                    .isNotNull();
        }
    }

    @Test
    void aFileThatIsNoCertificateIsNamed() throws Exception {
        Files.delete(secret.file("ca.crt"));
        Files.writeString(secret.file("ca.crt"), "nothing");
        Target target = target();
        assertThatThrownBy(() -> new ControlClient(target))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining(secret.file("ca.crt") + ": no certificate in it (expected: PEM)");
    }

    @Test
    void theTokenOfAFileIsThatOfTheMomentAtEachCall() throws Exception {
        List<String> shown = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/lanes", exchange -> {
            shown.add(exchange.getRequestHeaders().getFirst("authorization"));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            Path file = Files.writeString(directory.resolve("token"), "one");
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            ControlClient client = new ControlClient(new Target(uri, null, file, null, null, null));
            client.get("/v1/lanes");
            Files.writeString(file, "two\n");
            client.get("/v1/lanes");
            Files.delete(file);
            client.get("/v1/lanes");
        } finally {
            server.stop(0);
        }
        assertThat(shown).containsExactly("Bearer one", "Bearer two", "Bearer two");
    }
}
