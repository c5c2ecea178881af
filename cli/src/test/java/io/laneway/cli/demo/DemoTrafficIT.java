package io.laneway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.laneway.gateway.GatewayEnvironment;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a demo with traffic of its own shows, as a console reads it. */
class DemoTrafficIT {

    private static JsonObject lane(Demo demo, String name) throws Exception {
        URI overview = URI.create("http://localhost:" + demo.control() + "/v1/overview?lane=" + name);
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(overview).build(), BodyHandlers.ofString())
                .body();
        return new JsonObject(body).getJsonArray("lanes").getJsonObject(0);
    }

    @Test
    void lanesHaveRequestsAndOneOfThemErrors() {
        try (Demo demo = Demo.start(0, false, GatewayEnvironment.system("test"))) {
            demo.traffic();
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                assertThat(lane(demo, "f-1").getInteger("served")).isPositive();
                assertThat(lane(demo, "f-1").getInteger("errors")).isZero();
                assertThat(lane(demo, "f-2").getInteger("errors")).isPositive();
            });
        }
    }

    @Test
    void noRequestBeginsOnceTheTrafficIsClosed() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger vertx = (Logger) LoggerFactory.getLogger("io.vertx");
        logged.start();
        vertx.addAppender(logged);
        try {
            for (int i = 0; i < 5; i++) {
                DemoTraffic.start(1, new Random(i), 1).close();
            }
            assertThat(logged.list).isEmpty();
        } finally {
            vertx.detachAppender(logged);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, xdg-open http://localhost:9900/console/",
        "Mac OS X, open http://localhost:9900/console/",
        "Windows 11, 'rundll32 url.dll,FileProtocolHandler http://localhost:9900/console/'"
    })
    void aPageIsOpenedAsTheSystemDoes(String system, String command) {
        assertThat(Browser.command(system, URI.create("http://localhost:9900/console/")))
                .isEqualTo(List.of(command.split(" ")));
    }
}
