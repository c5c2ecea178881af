package io.laneway.control.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestClock;
import io.laneway.control.TestControl;
import io.laneway.router.source.MessageLanes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /v1/messages} of brokers that a test speaks for; a real one is in {@code MessageLanesIT} of kafka. */
class MessagesIT {

    @TempDir
    Path directory;

    /** A broker whose look waits, fails, or finds groups of the lanes it is asked for. */
    private static final class Broker implements MessageLanes {
        private final AtomicInteger looks = new AtomicInteger();
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile String problem = "";

        @Override
        public String name() {
            return "kafka test:9092";
        }

        @Override
        public Look look(Set<String> lanes) {
            looks.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (!problem.isEmpty()) {
                throw new IllegalStateException(problem);
            }
            List<Group> groups = new ArrayList<>();
            groups.add(new Group("", "billing", "billing", "order", "Stable", 2, 3, 0, 7, Map.of()));
            for (String lane : lanes) {
                Map<Handover, Integer> handover = Map.of(Handover.LANE, 2, Handover.WAITING, 1);
                groups.add(
                        new Group(lane, "billing", "billing_" + lane, "order", "Empty", 0, 3, 1, 1L << 40, handover));
            }
            return new Look(groups, 5);
        }

        @Override
        public void close() {}
    }

    private TestControl start(TestClock clock, MessageLanes... brokers) {
        TestControl control = TestControl.start(
                ControlConfig.in(directory, 0).showing(List.of(brokers)).with(clock));
        for (String lane : List.of("f-1", "f-2", "F/3")) {
            control.put("/v1/lanes/" + lane.replace("/", "%2F"), "{}");
        }
        return control;
    }

    @Test
    void withoutABrokerItSaysWhatToDo() {
        try (TestControl control = start(new TestClock())) {
            JsonObject said = control.get("/v1/messages").json();
            assertThat(said.getString("missing")).contains("--kafka-messages SERVERS");
            assertThat(said.getJsonArray("brokers")).isEmpty();
            assertThat(said.getJsonArray("groups")).isEmpty();
        }
    }

    @Test
    void groupsAreListedWithLagAndHandOver() {
        Broker broker = new Broker();
        broker.gate.countDown();
        try (TestControl control = start(new TestClock(), broker)) {
            JsonObject said = control.get("/v1/messages?lane=F/3").json();
            assertThat(said.containsKey("missing")).isFalse();
            assertThat(said.getJsonArray("brokers").getJsonObject(0))
                    .isEqualTo(new JsonObject()
                            .put("name", "kafka test:9092")
                            .put(
                                    "at",
                                    said.getJsonArray("brokers")
                                            .getJsonObject(0)
                                            .getString("at"))
                            .put("unknown", 5));
            assertThat(said.getJsonArray("groups"))
                    .isEqualTo(new JsonArray()
                            .add(new JsonObject()
                                    .put("broker", "kafka test:9092")
                                    .put("base", "billing")
                                    .put("group", "billing_f-3")
                                    .put("topic", "order")
                                    .put("lane", "f-3")
                                    .put(
                                            "handover",
                                            new JsonObject().put("waiting", 1).put("lane", 2))
                                    .put("state", "Empty")
                                    .put("members", 0)
                                    .put("partitions", 3)
                                    .put("without", 1)
                                    .put("lag", 1L << 40)));
            assertThat(groups(control, "?lane=")).containsExactly("billing");
            assertThat(groups(control, "?group=billing_f-1")).containsExactly("billing_f-1");
            assertThat(groups(control, "?group=billing&q=F-2")).containsExactly("billing_f-2");
            assertThat(groups(control, "?topic=other")).isEmpty();
        }
    }

    @Test
    void aListIsCutIntoPages() {
        Broker broker = new Broker();
        broker.gate.countDown();
        try (TestControl control = start(new TestClock(), broker)) {
            JsonObject first = control.get("/v1/messages?limit=3").json();
            assertThat(first.getInteger("total")).isEqualTo(4);
            assertThat(first.getJsonArray("groups")).hasSize(3);
            String next = URLEncoder.encode(first.getString("next"), UTF_8);
            assertThat(groups(control, "?limit=3&after=" + next)).containsExactly("billing_f-3");
            assertThat(control.get("/v1/messages?limit=0").status()).isEqualTo(400);
        }
    }

    @Test
    void whatABrokerRefusesIsSaidAndAskedAgainOnceItIsOld() {
        Broker broker = new Broker();
        broker.gate.countDown();
        broker.problem = "missing right: DESCRIBE on group billing";
        TestClock clock = new TestClock();
        try (TestControl control = start(clock, broker)) {
            JsonObject said = control.get("/v1/messages").json();
            assertThat(said.getJsonArray("brokers").getJsonObject(0).getString("problem"))
                    .isEqualTo("missing right: DESCRIBE on group billing");
            broker.problem = "";
            assertThat(groups(control, "")).as("within five seconds").isEmpty();
            assertThat(broker.looks).hasValue(1);
            clock.pass(Duration.ofSeconds(6));
            assertThat(groups(control, "")).hasSize(4);
        }
    }

    /** More wait than there are worker threads; the API serves all else meanwhile. */
    @Test
    void manyWhoAskABrokerThatDoesNotAnswerShareOneLook() {
        Broker broker = new Broker();
        try (TestControl control = start(new TestClock(), broker)) {
            List<CompletableFuture<JsonObject>> asked = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                asked.add(CompletableFuture.supplyAsync(
                        () -> control.get("/v1/messages").json(), task -> new Thread(task).start()));
            }
            await().untilAsserted(() -> assertThat(broker.looks).hasValue(1));
            assertThat(control.get("/v1/lanes").status()).isEqualTo(200);
            assertThat(asked).noneMatch(CompletableFuture::isDone);
            broker.gate.countDown();
            asked.forEach(one -> assertThat(one.join().getJsonArray("groups")).hasSize(4));
            assertThat(broker.looks).hasValue(1);
        }
    }

    private static List<String> groups(TestControl control, String query) {
        return control.get("/v1/messages" + query).json().getJsonArray("groups").stream()
                .map(one -> ((JsonObject) one).getString("group"))
                .toList();
    }
}
