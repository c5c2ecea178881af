package io.laneway.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.testkit.Broker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A record that a request causes is of the request's lane, over a real server. */
class HttpLanesIT {

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void theLaneOfARequestIsThatOfTheRecordsThatItCauses(WebApplicationType type) throws Exception {
        String topic = "order-" + UUID.randomUUID();
        Broker.shared().topic(topic, 1);
        Class<?> application = type == WebApplicationType.SERVLET ? OfServlets.class : OfReactor.class;
        try (var context = Applications.start(
                        type,
                        application,
                        "topic",
                        topic,
                        "spring.kafka.producer.properties.laneway.topics",
                        "order-*");
                Reader orders = new Reader(topic)) {
            String port = context.getEnvironment().getProperty("local.server.port");
            post(port, "a", "trace-branch", "feature/x");
            post(port, "b", "baggage", "user=7, trace-branch=f%2D2");
            post(port, "c", "x-other", "f-3");
            await().atMost(Broker.patience())
                    .untilAsserted(
                            () -> assertThat(orders.read()).containsExactlyInAnyOrder("a@feature/x", "b@f-2", "c@"));
        }
    }

    private static void post(String port, String order, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders/" + order))
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Orders.class)
    static class OfServlets {}

    @RestController
    static class Orders {

        private final KafkaTemplate<String, String> kafka;
        private final String topic;

        Orders(KafkaTemplate<String, String> kafka, @Value("${topic}") String topic) {
            this.kafka = kafka;
            this.topic = topic;
        }

        @PostMapping("/orders/{order}")
        String order(@PathVariable("order") String order) {
            kafka.send(topic, order).join();
            return order;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ReactiveOrders.class)
    static class OfReactor {}

    /** Produces on a thread other than that of the request. */
    @RestController
    static class ReactiveOrders {

        private final KafkaTemplate<String, String> kafka;
        private final String topic;

        ReactiveOrders(KafkaTemplate<String, String> kafka, @Value("${topic}") String topic) {
            this.kafka = kafka;
            this.topic = topic;
        }

        @PostMapping("/orders/{order}")
        Mono<String> order(@PathVariable("order") String order) {
            return Mono.just(order)
                    .publishOn(Schedulers.parallel())
                    .flatMap(one -> Mono.fromFuture(sent(one)))
                    .thenReturn(order);
        }

        private CompletableFuture<?> sent(String order) {
            return kafka.send(topic, order);
        }
    }
}
