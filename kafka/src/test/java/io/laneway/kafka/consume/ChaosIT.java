package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.kafka.testkit.Records.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Members of the base and of lanes are started, stopped and killed at random while records flow; their handlers fail
 * at random and seek back, each for itself or the whole round. In the normal build
 * in a shorter form; {@code -Psoak} runs it in full. {@code -Dlaneway.chaos.seed=N} repeats a run.
 */
class ChaosIT {

    private static final int PARTITIONS = 12;
    private static final List<String> LANES = List.of("f-1", "f-2", "f-3", "f-4", "f-5");
    private static final int RECORDS = Integer.getInteger("laneway.chaos.records", 12_000);
    private static final int EVENTS = Integer.getInteger("laneway.chaos.events", 10);
    private static final int FAILURES = Integer.getInteger("laneway.chaos.failures", 10);
    private static final long SEED = Long.getLong("laneway.chaos.seed", System.nanoTime() & 0xffffff);

    private final Broker broker = Broker.shared();
    private final String topic = "chaos-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger();
    private final Random random = new Random(SEED);
    private final List<Member> alive = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private volatile boolean over;

    @Test
    void everyRecordIsHandledByTheRightSideAndTwiceOnlyIfItWasNotCommitted() throws Exception {
        broker.topic(topic, PARTITIONS);
        start("");
        ExecutorService producing = Executors.newSingleThreadExecutor();
        try {
            Future<List<Written>> writing = producing.submit(this::produce);
            for (int event = 0; event < EVENTS; event++) {
                event();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1500)));
            }
            over = true;
            List<Written> written = writing.get(180, TimeUnit.SECONDS);
            alive.stream()
                    .filter(member -> !member.side.equals("base"))
                    .toList()
                    .forEach(this::stop);
            if (alive.isEmpty()) {
                start("");
            }
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(missing(written)).isEmpty());
            report(written);
            check(written);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + SEED, e);
        } finally {
            over = true;
            producing.shutdownNow();
            List.copyOf(alive).forEach(this::stop);
        }
    }

    private void event() {
        boolean base = random.nextInt(4) == 0;
        String lane = base ? "" : LANES.get(random.nextInt(LANES.size()));
        List<Member> ofLane = alive.stream()
                .filter(member -> member.side.equals(base ? "base" : lane))
                .toList();
        boolean begin = ofLane.isEmpty() || (ofLane.size() < 3 && random.nextBoolean());
        if (begin) {
            start(lane);
        } else if (random.nextBoolean()) {
            count("stopped");
            stop(ofLane.get(random.nextInt(ofLane.size())));
        } else {
            count("killed");
            Member member = ofLane.get(random.nextInt(ofLane.size()));
            alive.remove(member);
            member.kill();
        }
    }

    private void start(String lane) {
        count("started");
        String name = (lane.isEmpty() ? "base" : lane) + "#" + counts.get("started");
        alive.add(new Member(broker, topic, group, lane, ledger, name, Map.of("test.failures", FAILURES)));
    }

    private void stop(Member member) {
        alive.remove(member);
        member.stop();
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private List<Written> produce() {
        Random chance = new Random(SEED + 1);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        List<String> lanes = new ArrayList<>();
        try (Records records = new Records(broker)) {
            for (int i = 0; i < RECORDS; i++) {
                int pick = chance.nextInt(LANES.size() * 2);
                String lane = pick < LANES.size() ? LANES.get(pick) : "";
                sent.add(records.send(topic, chance.nextInt(PARTITIONS), lane));
                lanes.add(lane);
                if (!over && i % Math.max(1, RECORDS / (EVENTS * 10)) == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(90));
                }
            }
            List<Written> written = new ArrayList<>();
            for (int i = 0; i < sent.size(); i++) {
                written.add(Records.written(sent.get(i), lanes.get(i)));
            }
            return written;
        }
    }

    private List<Written> missing(List<Written> written) {
        return written.stream()
                .filter(one -> ledger.of(place(one)).isEmpty())
                .limit(10)
                .toList();
    }

    private void check(List<Written> written) {
        assertThat(ledger.committedTwice().stream().limit(10))
                .as("committed twice")
                .isEmpty();
        for (Written one : written) {
            for (Ledger.Handling handling : ledger.of(place(one))) {
                assertThat(handling.side).as("%s", one).isIn("base", one.lane());
            }
        }
    }

    private void report(List<Written> written) {
        Map<String, Long> sides = new TreeMap<>();
        sides.put("base", ledger.count("base"));
        LANES.forEach(lane -> sides.put(lane, ledger.count(lane)));
        System.out.printf(
                "chaos: seed %d, %d records, members %s, handled by %s, doubles %d, committed twice %d%n",
                SEED,
                written.size(),
                counts,
                sides,
                ledger.doubles(),
                ledger.committedTwice().size());
    }

    private Ledger.Place place(Written one) {
        return new Ledger.Place(new TopicPartition(topic, one.partition()), one.offset());
    }
}
