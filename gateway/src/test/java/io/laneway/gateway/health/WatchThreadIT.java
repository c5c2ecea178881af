package io.laneway.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.policy.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchThreadIT {

    private final WatchThread watch = new WatchThread(host -> host.equals("127.0.0.1")
            ? CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()))
            : CompletableFuture.failedFuture(new IOException("no such host")));

    @AfterEach
    void close() {
        watch.close();
    }

    private boolean ask(Health.Kind kind, String host, int port, String path, int millis) {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        watch.check(new Check(kind, host, port, path, Duration.ofMillis(millis)), told::complete);
        return told.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void findsAnEndpointWellThatAnswersItsPathWith2xxOr3xx() {
        try (Upstream upstream = Upstream.answering(request -> {
            String status = request.startLine().contains("/moved") ? "302 Found" : "200 OK";
            return "HTTP/1.1 " + (request.startLine().contains("/ill") ? "503 No" : status) + "\nContent-Length: 0\n\n";
        })) {
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", upstream.port(), "/ok", 2000))
                    .isTrue();
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", upstream.port(), "/moved", 2000))
                    .isTrue();
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", upstream.port(), "/ill", 2000))
                    .isFalse();
            assertThat(upstream.requests().get(0).header("user-agent")).isEqualTo("laneway-health");
        }
    }

    @Test
    void findsAnEndpointIllThatDoesNotAnswerInTime() {
        try (Upstream silent =
                Upstream.scripted(conversation -> conversation.in().read(new byte[9999]))) {
            try (Upstream hung = Upstream.scripted(conversation -> {
                conversation.in().readAllBytes();
            })) {
                assertThat(ask(Health.Kind.HTTP, "127.0.0.1", hung.port(), "/", 150))
                        .isFalse();
                assertThat(ask(Health.Kind.GRPC, "127.0.0.1", hung.port(), "", 150))
                        .isFalse();
                assertThat(ask(Health.Kind.TCP, "127.0.0.1", hung.port(), "", 2000))
                        .isTrue();
            }
            assertThat(ask(Health.Kind.HTTP, "127.0.0.1", silent.port(), "/", 2000))
                    .isFalse();
        }
    }

    @Test
    void findsAnEndpointIllThatIsNotThere() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(ask(Health.Kind.TCP, "127.0.0.1", free, "", 2000)).isFalse();
        assertThat(ask(Health.Kind.TCP, "nowhere", free, "", 2000)).isFalse();
    }
}
