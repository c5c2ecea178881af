package io.laneway.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.kafka.consume.LaneConsumers;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.router.source.MessageLanes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the control API shows of the Kafka that its options name. */
class KafkaMessagesIT {

    private final Broker broker = Broker.shared();
    private final String topic = "order-" + UUID.randomUUID();
    private final String group = "billing-" + UUID.randomUUID();

    /** A command with nothing but these options. */
    @Command
    private static final class Options {
        @Mixin
        private PublisherOptions publishers;
    }

    private static List<MessageLanes> messages(String... arguments) {
        return CommandLine.populateCommand(new Options(), arguments).publishers.messages();
    }

    @ParameterizedTest
    @CsvSource({
        "--kafka=a:1, kafka a:1",
        "--kafka=a:1 --kafka-cleanup=b:2, kafka b:2",
        "--kafka-cleanup=b:2 --kafka-messages=c:3, kafka c:3"
    })
    void theNearestOptionSaysWhichKafka(String arguments, String name) {
        assertThat(messages(arguments.split(" "))).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo(name);
            one.close();
        });
        assertThat(messages()).isEmpty();
    }

    @Test
    void groupsOfARealBrokerAreListed(@TempDir Path directory) throws Exception {
        broker.topic(topic, 1);
        ControlConfig config = ControlConfig.in(directory, 0).showing(messages("--kafka-messages=" + broker.servers()));
        try (ControlApi control = ControlApi.start(config);
                Records records = new Records(broker);
                Consumer<String, String> base = consumer()) {
            base.subscribe(List.of(topic));
            records.write(topic, 1, "", 3);
            await().atMost(Broker.patience()).until(() -> {
                base.poll(Duration.ofMillis(100));
                JsonArray groups = groups(control);
                return groups.size() == 1 && groups.getJsonObject(0).getInteger("without") == 0;
            });
            JsonObject ours = groups(control).getJsonObject(0);
            assertThat(ours.getString("broker")).isEqualTo("kafka " + broker.servers());
            assertThat(ours.getString("topic")).isEqualTo(topic);
            assertThat(ours.getInteger("members")).isEqualTo(1);
            assertThat(ours.containsKey("lane")).isFalse();
        }
    }

    private JsonArray groups(ControlApi control) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(control.url() + "/v1/messages?group=" + group))
                .build();
        return new JsonObject(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .getJsonArray("groups");
    }

    private Consumer<String, String> consumer() {
        return LaneConsumers.create(
                broker.consumer(group), Map.of(), new StringDeserializer(), new StringDeserializer());
    }
}
