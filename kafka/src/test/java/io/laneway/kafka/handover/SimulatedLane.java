package io.laneway.kafka.handover;

import io.laneway.kafka.handover.LaneStart.BaseOffset;
import io.laneway.kafka.handover.LaneStart.Sight;
import io.laneway.kafka.handover.SimulatedBroker.Group;
import io.laneway.kafka.handover.SimulatedBroker.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A lane's owner of the partition, in steps that others may come between. */
final class SimulatedLane {

    private final SimulatedBroker broker;
    private final Random random;
    private final String slug;
    private final Group group;
    private final TreeMap<Long, Handling> unacknowledged = new TreeMap<>();
    private Boolean baseHasMembers;
    private long start = -1;
    private Deliveries deliveries;

    SimulatedLane(SimulatedBroker broker, Random random, String slug) {
        this.broker = broker;
        this.random = random;
        this.slug = slug;
        this.group = broker.lane(slug);
        group.member = this;
    }

    void step() {
        if (deliveries == null) {
            if (baseHasMembers == null) {
                baseHasMembers = broker.base.member != null;
            } else {
                decide();
                baseHasMembers = null;
            }
        } else if (random.nextBoolean()) {
            poll();
        } else {
            acknowledge();
        }
    }

    private void decide() {
        BaseOffset base = broker.base.offset == null
                ? null
                : new BaseOffset(broker.base.offset, BaseMark.decode(broker.base.metadata));
        LaneOffset own = group.offset == null ? null : broker.laneOffset(group);
        LaneStart decided =
                LaneStart.decide(slug, new Sight(baseHasMembers, baseHasMembers, base, own, broker.log.size(), false));
        if (decided instanceof LaneStart.At at) {
            start = at.start();
            if (group.commit(this, at.offset(), LaneMark.begun(start, 1, "").encode())) {
                deliveries = new Deliveries(at.offset(), at.offset());
            }
        } else if (decided instanceof LaneStart.Propose propose) {
            group.commit(
                    this,
                    propose.start(),
                    LaneMark.begun(propose.start(), 1, "").encode());
        } else if (decided instanceof LaneStart.MarkBase marked) {
            broker.base.commit(null, marked.offset(), marked.mark().encode());
        }
    }

    private void poll() {
        List<Long> batch = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0 && deliveries.position() < broker.log.size(); i--) {
            long offset = deliveries.position();
            if (broker.log.get((int) offset).equals(slug)) {
                deliveries.delivered(offset);
                batch.add(offset);
            } else {
                deliveries.skipped(offset);
            }
        }
        for (long offset : batch) {
            if (random.nextInt(6) == 0) {
                long target = random.nextBoolean() ? offset : deliveries.committed();
                deliveries.seek(target);
                broker.undo(unacknowledged, target);
                break;
            }
            unacknowledged.put(offset, broker.handle(offset, slug));
        }
        if (deliveries.skippedBeyondCommit()) {
            commit(deliveries.position());
        }
    }

    private void acknowledge() {
        if (!unacknowledged.isEmpty()) {
            if (commit(deliveries.commitFor(unacknowledged.lastKey() + 1))) {
                unacknowledged.values().forEach(handling -> handling.committed = true);
            }
            unacknowledged.clear();
        }
    }

    private boolean commit(long offset) {
        deliveries.committing(offset);
        return group.commit(this, offset, LaneMark.begun(start, 1, "").encode());
    }
}
