package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.metrics.LaneMetrics;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several consumers of a group in one process: one watch of groups for all, and meters over all. */
class OneWatchIT {

    private final Broker broker = Broker.shared();
    private final String topic = "watch-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Member> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(Member::close);
    }

    @Test
    void theConsumersOfAProcessShareOneWatchThatEndsWithTheLastOfThem() {
        broker.topic(topic, 4);
        for (int i = 0; i < 3; i++) {
            start("", i);
            start("f-1", i);
        }
        await().atMost(Broker.patience()).until(() -> watches(group) == 1 && watches(group + "_f-1") == 1);
        members.remove(0).close();
        try (Records records = new Records(broker)) {
            records.write(topic, 4, "", 40);
            await().atMost(Broker.patience()).until(() -> ledger.count("base") == 40);
        }
        assertThat(watches(group)).isEqualTo(1);
        stop();
        await().atMost(Broker.patience()).until(() -> watches(group) == 0 && watches(group + "_f-1") == 0);
    }

    @Test
    void metersSayWhatIsHandedOverAndReadAgain() {
        broker.topic(topic, 2);
        new LaneMetrics().bindTo(registry);
        start("", 0);
        Member lane = start("f-1", 0);
        await().atMost(Broker.patience()).until(() -> count("laneway.messages.handovers", "to", "lane") == 2);
        lane.kill();
        try (Records records = new Records(broker)) {
            records.write(topic, 2, "f-1", 20);
            await().atMost(Broker.patience()).until(() -> ledger.count("base") == 20);
        }
        assertThat(count("laneway.messages.handovers", "to", "base")).isEqualTo(2);
        await().atMost(Broker.patience())
                .until(() -> count("laneway.messages.reread.records", "lane", "f-1") > 0
                        && gauge("laneway.messages.owed.ranges", "f-1") == 0
                        && gauge("laneway.messages.waiting.partitions", "(base)") == 0
                        && gauge("laneway.messages.lag", "(base)") == 0);
    }

    private double count(String name, String key, String value) {
        var counter = registry.find(name).tags("group", group, key, value).functionCounter();
        return counter == null ? 0 : counter.count();
    }

    private double gauge(String name, String lane) {
        return registry.get(name).tags("group", group, "lane", lane).gauge().value();
    }

    private static long watches(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("laneway-watch-" + name)
                        || thread.getName().startsWith("laneway-watch-" + name + " "))
                .count();
    }

    private Member start(String lane, int number) {
        String name = (lane.isEmpty() ? "base" : lane) + "#" + number;
        Member member = new Member(broker, topic, group, lane, ledger, name, Map.of("client.id", name));
        members.add(member);
        return member;
    }
}
