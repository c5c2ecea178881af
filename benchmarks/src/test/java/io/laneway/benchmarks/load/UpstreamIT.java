package io.laneway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamIT {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Upstream upstream;
    private Thread thread;

    @BeforeEach
    void start() throws IOException {
        upstream = new Upstream(List.of(0, 0));
        thread = new Thread(() -> {
            try {
                upstream.serve();
            } catch (IOException | java.nio.channels.ClosedSelectorException closed) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        upstream.close();
        thread.join();
    }

    @Test
    void answersAHundredBytesToAnything() throws Exception {
        assertThat(get(0, "/any").body()).hasSize(100);
    }

    @Test
    void answersAMebibyteWhereItIsAskedFor() throws Exception {
        assertThat(get(0, "/1m").body()).hasSize(1 << 20);
    }

    @Test
    void saysWhichPortAnsweredAndWhatItSaw() throws Exception {
        int port = upstream.ports().get(1);

        assertThat(get(1, "/check").body()).isEqualTo(port + "|10.0.0.1|127.0.0.1:" + port);
    }

    @Test
    void dropsTheBodyOfARequestAndStaysInStep() throws Exception {
        for (int i = 0; i < 3; i++) {
            HttpRequest post = HttpRequest.newBuilder(uri(0, "/post"))
                    .POST(BodyPublishers.ofString("GET /1m HTTP/1.1\r\n\r\n".repeat(10_000)))
                    .build();

            assertThat(client.send(post, BodyHandlers.ofString()).body()).hasSize(100);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), upstream.ports().get(0))) {
            String requests = "GET /check HTTP/1.1\r\nHost: a\r\n\r\nGET /check HTTP/1.1\r\nHost: b\r\n\r\n";
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).containsSubsequence("||a", "||b");
        }
    }

    private HttpResponse<String> get(int index, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(index, path))
                .header("X-Forwarded-For", "10.0.0.1")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI uri(int index, String path) {
        return URI.create("http://127.0.0.1:" + upstream.ports().get(index) + path);
    }
}
