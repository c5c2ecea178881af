package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.testkit.FreePort;
import io.laneway.testkit.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The applications of docs/how-to/carry-the-lane.md carry the lane, each in its own language. */
class CarryTheLaneIT {

    private static final Pattern NAME = Pattern.compile("(?://|#) ([\\w.]+)\n");
    private static final String JAVA = System.getProperty("java.home") + "/bin/java";

    /** Calls another service without a thought of lanes. */
    private static final String THOUGHTLESS = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            import java.net.ProxySelector;
            import java.net.URI;
            import java.net.http.HttpClient;
            import java.net.http.HttpRequest;
            import java.net.http.HttpResponse.BodyHandlers;

            public class Thoughtless {
                public static void main(String[] args) throws Exception {
                    InetSocketAddress gateway = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[2]));
                    HttpClient client = HttpClient.newBuilder().proxy(ProxySelector.of(gateway)).build();
                    HttpServer server =
                            HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
                    server.createContext("/", exchange -> {
                        try {
                            HttpRequest request = HttpRequest.newBuilder(URI.create("http://called/")).build();
                            byte[] body = client.send(request, BodyHandlers.ofByteArray()).body();
                            exchange.sendResponseHeaders(200, body.length);
                            exchange.getResponseBody().write(body);
                        } catch (InterruptedException e) {
                            throw new java.io.IOException(e);
                        } finally {
                            exchange.close();
                        }
                    });
                    server.start();
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "shop, stock, node shop.mjs",
        "stock, price, python3 stock.py",
        "price, tax, java Price.java",
        "tax, bank, go run tax.go"
    })
    void theCallsOfAnApplicationHaveTheLaneOfItsRequest(String application, String called, String command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        if (words.get(0).equals("java")) {
            words.set(0, JAVA);
            words.add(1, "-XX:TieredStopAtLevel=1");
        }
        assumeTrue(Programs.has(words.get(0)), "skipped: no " + words.get(0) + " on the PATH");
        snippets();
        assertThat(answer(application, called, words)).isEqualTo(application + "@master > " + called + "@f-1");
    }

    @Test
    void theAgentOfOpenTelemetryCarriesTheLaneOfAnApplicationThatKnowsNothingOfIt()
            throws IOException, InterruptedException {
        String agent = System.getProperty("laneway.otel.agent");
        assumeTrue(agent != null, "skipped: no -Dlaneway.otel.agent=opentelemetry-javaagent.jar");
        Files.writeString(folder.resolve("Thoughtless.java"), THOUGHTLESS);
        List<String> command = List.of(
                JAVA,
                "-javaagent:" + agent,
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "Thoughtless.java");
        assertThat(answer("thoughtless", "called", command)).isEqualTo("called@f-1");
    }

    @Test
    void anApplicationThatDropsTheStampIsServedByBase() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("Thoughtless.java"), THOUGHTLESS);
        assertThat(answer("thoughtless", "called", List.of(JAVA, "Thoughtless.java")))
                .isEqualTo("called@master");
    }

    private String answer(String application, String called, List<String> command)
            throws IOException, InterruptedException {
        int port = FreePort.take();
        try (Fleet fleet = new Fleet(folder, application, port, called)) {
            Process process = start(command, port, fleet.outbound());
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive() || accepts(port));
                return fleet.ask(application, "f-1");
            } finally {
                Programs.end(process);
            }
        }
    }

    private Process start(List<String> command, int port, int outbound) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(String.valueOf(port), "master", String.valueOf(outbound)));
        return new ProcessBuilder(words).directory(folder.toFile()).inheritIO().start();
    }

    /** Writes every snippet of the page that names its file. */
    private void snippets() throws IOException {
        for (Page.Snippet snippet : Page.of("docs/how-to/carry-the-lane.md").snippets()) {
            Matcher name = NAME.matcher(snippet.text());
            if (name.lookingAt()) {
                Files.writeString(folder.resolve(name.group(1)), snippet.text());
            }
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
