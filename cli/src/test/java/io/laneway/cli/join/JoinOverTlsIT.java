package io.laneway.cli.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.laneway.cli.remote.RenewedSecret;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.ControlConfig.Listen;
import io.laneway.control.ControlConfig.Tls;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.Role;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.testkit.FreePort;
import io.laneway.testkit.RawHttp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control API with a private authority that knows its clients by their certificates: a gateway follows it, a machine joins. */
@SuppressWarnings("try") // what closes may be interrupted
class JoinOverTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String GATEWAY = """
        id: gw
        listeners: [{name: edge, address: "127.0.0.1:0", trust: external}]
        admin: {address: "127.0.0.1:0"}
        accessLog: off
        table:
          control: "https://localhost:PORT"
          tls: {ca: secret/ca.crt, certificate: secret/gw.crt, privateKey: secret/gw.key}
        """;

    private static final String TABLE = """
        {"services": [{"name": "order", "hosts": ["order.test"]}]}
        """;

    @TempDir
    Path directory;

    private final int port = FreePort.take();

    private ControlApi control(RenewedSecret secret) {
        Tls tls = new Tls(secret.file("tls.crt"), secret.file("tls.key"), secret.file("ca.crt"));
        return ControlApi.start(ControlConfig.in(directory.resolve("control"), port)
                .with(new Listen("127.0.0.1", port, tls))
                .with(new AuthConfig(null, Map.of("CN=dev", Role.ADMIN, "CN=gw", Role.GATEWAY), List.of())));
    }

    private JoinProcess command(RenewedSecret secret, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(
                "--control",
                "https://localhost:" + port,
                "--ca",
                secret.file("ca.crt").toString(),
                "--cert",
                secret.file("dev.crt").toString(),
                "--key",
                secret.file("dev.key").toString()));
        return new JoinProcess(directory, all);
    }

    private static HttpServer laptop() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 6);
            exchange.getResponseBody().write("laptop".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    private void served(Gateway gateway) {
        int edge = gateway.port("edge");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(RawHttp.get(edge, "/", "Host: order.test\r\ntrace-branch: mine"))
                        .endsWith("laptop"));
    }

    @Test
    void renewedCertificatesAreShownWhereTheConnectionIsMadeAgain() throws Exception {
        RenewedSecret secret = new RenewedSecret(directory.resolve("secret"), "dev", "gw");
        HttpServer laptop = laptop();
        ControlApi control = control(secret);
        Path table = Files.writeString(directory.resolve("table.json"), TABLE);
        try (JoinProcess apply = command(secret, "table", "apply", "-f", table.toString())) {
            assertThat(apply.exit()).as(apply.said()).isZero();
        }
        byte[] config = GATEWAY.replace("PORT", Integer.toString(port)).getBytes(StandardCharsets.UTF_8);
        try (Gateway gateway = Gateway.start(
                        ConfigReader.read(config, directory.resolve("gw.yaml"), Map.of())
                                .orThrow(),
                        GatewayEnvironment.system("test"));
                JoinProcess joiner = command(
                        secret,
                        "join",
                        "order",
                        "--lane",
                        "mine",
                        "--port",
                        Integer.toString(laptop.getAddress().getPort()))) {
            joiner.says("joined: service order in lane mine");
            served(gateway);
            control.close();
            secret.renew();
            control = control(secret);
            joiner.says("joined again: service order in lane mine");
            served(gateway);
        } finally {
            control.close();
            laptop.stop(0);
        }
    }
}
