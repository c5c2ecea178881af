package io.laneway.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** The bean of docs/how-to/carry-the-lane.md carries the lane of a servlet's request to the calls that it causes. */
class CarryLaneIT {

    @Test
    void theCallsOfAServletHaveTheLaneOfItsRequest() throws IOException, InterruptedException {
        HttpServer called = called();
        try (var context = new SpringApplicationBuilder(OfServlets.class)
                .web(WebApplicationType.SERVLET)
                .registerShutdownHook(false)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "logging.register-shutdown-hook=false",
                        "called=http://127.0.0.1:" + called.getAddress().getPort())
                .run()) {
            String port = context.getEnvironment().getProperty("local.server.port");
            assertThat(ask(port, "f-1")).isEqualTo("f-1");
            assertThat(ask(port, "f-2")).isEqualTo("f-2");
        } finally {
            called.stop(0);
        }
    }

    @Test
    void thePageHasTheBeanToTheLetter() throws IOException {
        String bean = Files.readString(Path.of("src/test/java/io/laneway/spring/CarryLane.java"))
                .replaceFirst("package .*\n\n", "")
                .replaceFirst("/\\*\\* .*\n", "");
        assertThat(Files.readString(Path.of("../docs/how-to/carry-the-lane.md")))
                .contains(bean);
    }

    /** Answers the lane that a call has. */
    private static HttpServer called() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String lane = exchange.getRequestHeaders().getFirst("trace-branch");
            byte[] body = String.valueOf(lane).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String ask(String port, String lane) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .setHeader("trace-branch", lane)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CarryLane.class, Shop.class})
    static class OfServlets {}

    @RestController
    static class Shop {

        private final RestClient client;

        Shop(CarryLane carryLane, @Value("${called}") String called) {
            client = RestClient.builder()
                    .requestInterceptor(carryLane)
                    .baseUrl(called)
                    .build();
        }

        @GetMapping("/")
        String stock() {
            return String.valueOf(client.get().uri("/").retrieve().body(String.class));
        }
    }
}
