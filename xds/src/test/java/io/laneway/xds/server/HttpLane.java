package io.laneway.xds.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An endpoint that answers with the lane that it was started for, and the lane that the request carries on. */
final class HttpLane implements AutoCloseable {

    private final HttpServer server;

    private HttpLane(HttpServer server) {
        this.server = server;
    }

    static HttpLane start(String lane) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String stamp = exchange.getRequestHeaders().getFirst("trace-branch");
            byte[] body = (lane + " " + (stamp == null ? "-" : stamp)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new HttpLane(server);
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
