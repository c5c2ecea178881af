package io.laneway.gateway.traffic.memory;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that prints its port as it starts, behind a relay that has a port before. */
final class Program implements AutoCloseable {

    private final AtomicInteger port = new AtomicInteger();
    private final Upstream relay = Upstream.responding(this::pass);
    private Process process;

    int relay() {
        return relay.port();
    }

    private String pass(Upstream.Request request) {
        try (RawClient client = RawClient.to(port.get())) {
            String body = client.send(request.head() + "\n").response().body();
            return "HTTP/1.1 200 OK\nContent-Length: " + body.length() + "\n\n" + body;
        }
    }

    void start(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        port.set(Integer.parseInt(lines.readLine()));
    }

    @Override
    public void close() {
        relay.close();
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
