package io.laneway.cli.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
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
        assertThatThrownBy(() -> client.events("/v1/tail", SHORT, event -> true))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("within 200ms");
    }
}
