package io.laneway.k8s.imports.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A real nginx with servers behind it. In its configuration {@code @0@} stands for its own port, {@code @1@} to
 * {@code @3@} for those of the servers, {@code @DIR@} for its folder. Confined to one thread.
 */
public final class RunningNginx implements AutoCloseable {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final int SERVERS = 3;

    private final List<HttpServer> servers = new ArrayList<>();
    private final Process process;
    private final Path log;
    private final String text;
    private final int port;

    /**
     * Starts it; the test ends here where there is no nginx.
     *
     * @param body of a server's response, by its port and the head of the request: its path, a space and its Host
     */
    public RunningNginx(Path folder, String configuration, Function<String, String> body) throws IOException {
        assumeTrue(Files.isExecutable(NGINX), NGINX + " is there");
        this.port = free();
        String filled = configuration.replace("@DIR@", folder.toString()).replace("@0@", "" + port);
        for (int i = 1; i <= SERVERS; i++) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String own = "" + server.getAddress().getPort();
            server.createContext("/", exchange -> {
                String asked = own + " " + exchange.getRequestURI().getRawPath() + " "
                        + exchange.getRequestHeaders().getFirst("host");
                byte[] name = body.apply(asked).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, name.length);
                exchange.getResponseBody().write(name);
                exchange.close();
            });
            server.start();
            servers.add(server);
            filled = filled.replace("@" + i + "@", own);
        }
        this.text = filled;
        this.log = folder.resolve("log");
        Path file = Files.writeString(folder.resolve("nginx.conf"), runnable(filled, folder));
        this.process = new ProcessBuilder(NGINX.toString(), "-c", file.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** With what it needs to run in the foreground and in its folder. */
    private static String runnable(String text, Path folder) {
        if (text.contains("daemon off;")) {
            return text;
        }
        StringBuilder own = new StringBuilder("http {");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            own.append(kind).append("_temp_path ").append(folder.resolve(kind)).append("; ");
        }
        // Its workers are of the user that may write into the folder.
        return "daemon off; user root;\n" + text.replaceFirst("http \\{", own.toString());
    }

    /** Its configuration with all ports. */
    public String text() {
        return text;
    }

    /** Its whole response to a request, once it listens. */
    public String ask(String method, String host, String path, List<String> headers) throws IOException {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = socket.getOutputStream();
                StringBuilder lines = new StringBuilder();
                headers.forEach(line -> lines.append(line).append("\r\n"));
                String head = method + " " + path + " HTTP/1.0\r\nHost: " + host + "\r\n" + lines + "\r\n";
                out.write(head.getBytes(StandardCharsets.UTF_8));
                InputStream in = socket.getInputStream();
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.net.ConnectException e) {
                assertThat(process.isAlive())
                        .as(() -> {
                            try {
                                return Files.readString(log);
                            } catch (IOException unread) {
                                return "nginx runs";
                            }
                        })
                        .isTrue();
                Thread.onSpinWait();
            }
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        servers.forEach(server -> server.stop(0));
    }
}
