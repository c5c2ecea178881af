package io.laneway.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.command.Laneway;
import io.laneway.kafka.consume.LaneConsumers;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MessagesStatusIT {

    private final Broker broker = Broker.shared();
    private final String topic = "order-" + UUID.randomUUID();
    private final String group = "billing-" + UUID.randomUUID();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsTheBaseAndItsLanesWithMembersLagAndWatermarks() {
        broker.topic(topic, 1);
        try (Records records = new Records(broker);
                Consumer<String, String> base = consumer("");
                Consumer<String, String> lane = consumer("feature/x")) {
            base.subscribe(List.of(topic));
            records.write(topic, 1, "feature/x", 3);
            await().atMost(Broker.patience())
                    .until(() -> base.poll(Duration.ofMillis(100)).count() == 3);
            lane.subscribe(List.of(topic));
            await().atMost(Broker.patience()).until(() -> {
                base.poll(Duration.ofMillis(50));
                lane.poll(Duration.ofMillis(50));
                JsonArray rows = status();
                return rows.size() == 2 && "w=3".equals(rows.getJsonObject(1).getString("watermark"));
            });
            records.write(topic, 1, "feature/x", 2);
            JsonArray rows = status();
            assertThat(rows.getJsonObject(0))
                    .isEqualTo(row("(base)", group)
                            .put("committed", 3)
                            .put("lag", 2)
                            .put("watermark", "feature-x=3-"));
            assertThat(rows.getJsonObject(1))
                    .isEqualTo(row("feature-x", group + "_feature-x")
                            .put("committed", 3)
                            .put("lag", 2)
                            .put("watermark", "w=3"));
            assertThat(run("-o", "table")).isZero();
            assertThat(out.toString()).contains("WATERMARK").contains("feature-x=3-");
        }
    }

    @Test
    void saysWhichBrokerDoesNotAnswer() {
        int exit = run(
                "--bootstrap",
                "127.0.0.1:1",
                "--property",
                "default.api.timeout.ms=1000",
                "--property",
                "request.timeout.ms=500");
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("Kafka at 127.0.0.1:1");
    }

    @Test
    void saysThatATopicIsUnknown() {
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "topic " + topic + ": unknown (expected: a topic of this cluster that this user may describe)")
                .doesNotContain("Exception");
    }

    @Test
    void totalsAreARowForEachLane() {
        broker.topic(topic, 3);
        try (Records records = new Records(broker);
                Consumer<String, String> base = consumer("")) {
            base.subscribe(List.of(topic));
            records.write(topic, 3, "", 9);
            await().atMost(Broker.patience()).until(() -> {
                base.poll(Duration.ofMillis(100));
                out.getBuffer().setLength(0);
                assertThat(run("--totals", "-o", "json")).as("%s", err).isZero();
                return new JsonArray(out.toString())
                        .equals(new JsonArray()
                                .add(new JsonObject()
                                        .put("lane", "(base)")
                                        .put("group", group)
                                        .put("state", "Stable")
                                        .put("members", 1)
                                        .put("partitions", 3)
                                        .put("lag", 0)
                                        .put("without", 0)));
            });
        }
    }

    @Test
    void watchesUntilItIsInterrupted() throws Exception {
        broker.topic(topic, 1);
        Thread watching = new Thread(() -> run("--totals", "--watch", "20ms"));
        watching.start();
        await().atMost(Broker.patience()).until(() -> out.toString().split("WITHOUT", -1).length > 3);
        watching.interrupt();
        watching.join(10_000);
        assertThat(watching.isAlive()).isFalse();
        assertThat(run("--watch", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("--watch: ");
    }

    private JsonObject row(String lane, String ofGroup) {
        return new JsonObject()
                .put("lane", lane)
                .put("group", ofGroup)
                .put("state", "Stable")
                .put("members", 1)
                .put("partition", 0)
                .put("end", 5);
    }

    private JsonArray status() {
        out.getBuffer().setLength(0);
        assertThat(run("-o", "json")).as("%s", err).isZero();
        return new JsonArray(out.toString());
    }

    private int run(String... more) {
        String[] arguments = arguments(more);
        CommandLine line = Laneway.commandLine(arguments);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of("messages", "status", "--topic", topic, "--group", group));
        if (!List.of(more).contains("--bootstrap")) {
            all.addAll(List.of("--bootstrap", broker.servers()));
        }
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Consumer<String, String> consumer(String lane) {
        Map<String, Object> properties = new HashMap<>(broker.consumer(group));
        properties.put("laneway.lane", lane);
        return LaneConsumers.create(properties, Map.of(), new StringDeserializer(), new StringDeserializer());
    }
}
