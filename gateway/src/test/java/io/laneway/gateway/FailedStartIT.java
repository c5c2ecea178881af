package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.testkit.WholeGateway;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that cannot start leaves no thread behind, whatever it lacks. */
class FailedStartIT {

    @TempDir
    Path dir;

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("vert.x") || name.startsWith("vertx") || name.startsWith("laneway"))
                .sorted()
                .toList();
    }

    private static void leavesNothing(GatewayConfig config) {
        List<String> before = threads();
        assertThatThrownBy(() -> Gateway.start(config, GatewayEnvironment.system("test")))
                .isInstanceOf(IllegalStateException.class);
        await().untilAsserted(() -> assertThat(threads()).isEqualTo(before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'tls: {certificates: [{certificate: no.pem, privateKey: no.key}]}' | '# no more'",
                "'trust: external' | 'errorPages: {default: {5xx: no.html}}'",
            })
    void withoutAFile(String edge, String more) throws Exception {
        leavesNothing(WholeGateway.config(dir, 1, edge, more));
    }

    @Test
    void withoutItsPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GatewayConfig config = WholeGateway.config(
                    dir, 1, "trust: external}\n  - {name: more, address: \"127.0.0.1:" + taken.getLocalPort() + "\"");
            leavesNothing(config);
        }
    }
}
