package io.laneway.kafka.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.kafka.handover.SimulatedBroker.Handling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The protocol against a simulated broker: members come and go at any point between two steps of the others, also as
 * zombies that go on without their group. No record may be missing, none may be handled by a stranger.
 */
class HandoverSimulationTest {

    private static final List<String> LANES = List.of("f-1", "f-2");
    private static final int RUNS = Integer.getInteger("laneway.simulation.runs", 500);
    private static final long SEED = Long.getLong("laneway.simulation.seed", 20261121);

    @Test
    void nothingIsLostAndNothingIsDoneByAStranger() {
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        Random random = new Random(seed);
        SimulatedBroker broker = new SimulatedBroker();
        List<SimulatedBase> bases = new ArrayList<>();
        Map<String, SimulatedLane> lanes = new HashMap<>();
        for (int step = 0; step < 600; step++) {
            broker.clock++;
            int what = random.nextInt(100);
            if (what < 15) {
                int pick = random.nextInt(2 * LANES.size());
                broker.produce(pick < LANES.size() ? LANES.get(pick) : "");
            } else if (what < 17) {
                broker.base.member = null;
            } else if (what < 22 && broker.base.member == null) {
                bases.add(new SimulatedBase(broker, random));
            } else if (what < 24) {
                broker.lane(LANES.get(random.nextInt(LANES.size()))).member = null;
            } else if (what < 30) {
                String slug = LANES.get(random.nextInt(LANES.size()));
                if (broker.lane(slug).member == null) {
                    lanes.put(slug, new SimulatedLane(broker, random, slug));
                }
            } else if (what < 65 && !bases.isEmpty()) {
                bases.get(random.nextInt(100) == 0 ? random.nextInt(bases.size()) : bases.size() - 1)
                        .step();
            } else if (!lanes.isEmpty()) {
                List.copyOf(lanes.values()).get(random.nextInt(lanes.size())).step();
            }
        }
        finish(broker, random, lanes);
        check(broker, seed);
    }

    private static void finish(SimulatedBroker broker, Random random, Map<String, SimulatedLane> lanes) {
        broker.base.member = null;
        SimulatedBase last = new SimulatedBase(broker, random);
        for (int i = 0; i < 6000; i++) {
            broker.clock++;
            last.step();
            lanes.forEach((slug, lane) -> {
                if (broker.lane(slug).member == lane) {
                    lane.step();
                }
            });
        }
    }

    private static void check(SimulatedBroker broker, long seed) {
        for (int offset = 0; offset < broker.log.size(); offset++) {
            List<Handling> handled = broker.handled.get(offset);
            String lane = broker.log.get(offset);
            assertThat(handled)
                    .as("seed %d, offset %d of '%s'", seed, offset, lane)
                    .isNotEmpty();
            assertThat(handled).allMatch(one -> one.side.equals("base") || one.side.equals(lane));
            assertThat(handled.stream().filter(one -> one.committed).count())
                    .as("committed, seed %d, offset %d of '%s'", seed, offset, lane)
                    .isLessThanOrEqualTo(1);
        }
    }
}
