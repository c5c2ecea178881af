package io.laneway.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls to a process that listens and never responds, as a stopped one does. */
@Timeout(30)
class ControlClientIT {

    private static final Duration SHORT = Duration.ofMillis(200);

    private ServerSocket silent;
    private ControlClient client;

    @BeforeEach
    void start() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        client = new ControlClient(URI.create("http://127.0.0.1:" + silent.getLocalPort()), null);
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
    }

    @Test
    void aDocumentThatDoesNotComeInItsTimeIsAFailureThatSaysSo() {
        assertThatThrownBy(() -> client.get("/v1/requests/x", SHORT))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("no response of http://127.0.0.1:" + silent.getLocalPort())
                .hasMessageContaining("within 200ms")
                .hasMessageNotContaining("\n");
    }

    @Test
    void eventsWhoseHeadDoesNotComeInItsTimeAreAFailureThatSaysSo() {
        assertThatThrownBy(() -> client.events("/v1/tail", SHORT, SHORT, event -> true))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("within 200ms");
    }

    /** As from a process that was stopped: its connections stay open. */
    @Test
    void eventsThatFallSilentAreAFailureThatSaysSo() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/tail", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("event: open\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
        server.start();
        List<String> seen = new CopyOnWriteArrayList<>();
        ControlClient of = new ControlClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null);
        try {
            assertThatThrownBy(() -> of.events("/v1/tail", ControlClient.HEAD, SHORT, event -> seen.add(event.name())))
                    .isInstanceOf(CallFailed.class)
                    .hasMessageContaining("sent nothing for 200ms");
        } finally {
            server.stop(0);
        }
        assertThat(seen).containsExactly("open");
    }
}
