package io.laneway.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laneway.cli.command.Laneway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code laneway kubernetes cleanup} against the responses of a control API and of a cluster. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CleanupCommandIT {

    private static final String LANES =
            "{\"lanes\": [{\"name\": \"f-1\", \"state\": \"expired\"}, {\"name\": \"f-2\", \"state\": \"active\"}]}";

    /** One that label {@code lane} puts into lane f-1, and one that only label {@code version} would. */
    private static final String DEPLOYMENTS = """
        {"kind": "DeploymentList", "apiVersion": "apps/v1", "metadata": {}, "items": [
          {"kind": "Deployment", "apiVersion": "apps/v1",
           "metadata": {"namespace": "shop", "name": "order-f-1", "labels": {"lane": "f-1", "version": "2.0"}},
           "spec": {"replicas": 1, "template": {"metadata": {"labels": {"lane": "f-1", "version": "2.0"}}}}},
          {"kind": "Deployment", "apiVersion": "apps/v1",
           "metadata": {"namespace": "qa-f-1", "name": "pay", "labels": {"lane": "f-2", "version": "f-1"}},
           "spec": {"replicas": 1, "template": {"metadata": {"labels": {"lane": "f-2", "version": "f-1"}}}}}]}
        """;

    private HttpServer server;
    private String url;
    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/lanes", call -> answer(call, LANES));
        server.createContext("/apis/apps/v1/deployments", call -> answer(call, DEPLOYMENTS));
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itReadsLanesByTheLabelsThatDiscoveryReads() {
        assertThat(cleanup()).isZero();
        assertThat(out.toString()).contains("qa-f-1/pay").doesNotContain("shop/order-f-1");

        assertThat(cleanup("--kubernetes-setting", "version=lane")).isZero();
        assertThat(out.toString()).contains("shop/order-f-1").doesNotContain("qa-f-1/pay");
    }

    @Test
    void itReadsLanesByNamespaceWhereDiscoveryDoes() {
        assertThat(cleanup(
                        "--kubernetes-setting",
                        "lanes=namespaces",
                        "--kubernetes-setting",
                        "baseNamespace=prod",
                        "--kubernetes-setting",
                        "namespacePrefix=qa-"))
                .as(() -> err.toString())
                .isZero();
        assertThat(out.toString()).contains("qa-f-1/pay").doesNotContain("shop/order-f-1");
    }

    @Test
    void aSettingThatIsNoneIsWrongUsageAndTouchesNothing() {
        assertThat(cleanup("--kubernetes-setting", "label=lane")).isEqualTo(2);
        assertThat(err.toString()).contains("--kubernetes-setting: label: unknown key (expected: one of base, ");
        assertThat(out.toString()).isEmpty();
    }

    private int cleanup(String... options) {
        List<String> all =
                new ArrayList<>(List.of("kubernetes", "cleanup", "--mode", "scale", "--dry-run", "--server", url));
        all.addAll(List.of("--control", url));
        all.addAll(List.of(options));
        out = new StringWriter();
        err = new StringWriter();
        String[] args = all.toArray(String[]::new);
        return Laneway.commandLine(args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private static void answer(HttpExchange call, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
