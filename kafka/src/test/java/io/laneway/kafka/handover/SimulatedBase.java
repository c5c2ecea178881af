package io.laneway.kafka.handover;

import io.laneway.kafka.handover.BasePartition.Progress;
import io.laneway.kafka.handover.SimulatedBroker.Handling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** The base's owner of the partition, in steps that others may come between. */
final class SimulatedBase {

    private final SimulatedBroker broker;
    private final Random random;
    private final BasePartition protocol;
    private final Deliveries deliveries;
    private final long since;
    private final Map<String, Long> asked = new HashMap<>();
    private final TreeMap<Long, Handling> own = new TreeMap<>();
    private final TreeMap<Long, Handling> again = new TreeMap<>();
    private Set<String> alive;
    private long lookStarted;

    SimulatedBase(SimulatedBroker broker, Random random) {
        this.broker = broker;
        this.random = random;
        broker.base.member = this;
        boolean fresh = broker.base.offset == null;
        BaseMark mark = BaseMark.decode(broker.base.metadata);
        long position = fresh ? 0 : broker.base.offset;
        protocol = new BasePartition(SimulatedBroker.PARTITION, mark, fresh, 10, 4096);
        deliveries = new Deliveries(position, position);
        since = broker.clock;
    }

    void step() {
        switch (random.nextInt(7)) {
            case 0 -> startLook();
            case 1 -> endLook();
            case 2 -> marks();
            case 3 -> poll();
            case 4 -> reread();
            case 5 -> acknowledge();
            default -> progress();
        }
        protocol.settle(broker.clock);
        protocol.asks().forEach(slug -> asked.putIfAbsent(slug, broker.clock));
    }

    private void startLook() {
        alive = broker.aliveLanes();
        lookStarted = broker.clock;
    }

    private void endLook() {
        if (alive == null || lookStarted <= since) {
            return;
        }
        GroupLook look = broker.look(alive);
        long position = deliveries.position();
        asked.entrySet().removeIf(entry -> {
            boolean freshEnough = lookStarted > entry.getValue();
            if (freshEnough) {
                GroupLook.LaneLook lane = look.lanes().get(entry.getKey());
                protocol.answered(
                        entry.getKey(),
                        lane != null && lane.alive("t"),
                        lane == null ? null : lane.offsets().get(SimulatedBroker.PARTITION),
                        position);
            }
            return freshEnough;
        });
        protocol.look(look, position, broker.clock);
        alive = null;
    }

    private void marks() {
        if (protocol.changed()) {
            commit(deliveries.committed());
        }
    }

    private boolean commit(long offset) {
        long changes = protocol.changes();
        deliveries.committing(offset);
        boolean taken = broker.base.commit(this, offset, protocol.mark("").encode());
        if (taken) {
            protocol.durable(changes, offset);
        }
        return taken;
    }

    private void poll() {
        List<Long> batch = new ArrayList<>();
        long before = position();
        for (int i = random.nextInt(4); i > 0 && !protocol.holds() && deliveries.position() < broker.log.size(); i--) {
            long offset = deliveries.position();
            String lane = broker.log.get((int) offset);
            protocol.rereads().ownHandedOut();
            if (lane.isEmpty() || protocol.handles(lane, offset)) {
                deliveries.delivered(offset);
                batch.add(offset);
            } else {
                deliveries.skipped(offset);
            }
        }
        handle(batch, own, before);
        if (deliveries.skippedBeyondCommit()) {
            commit(deliveries.position());
        }
    }

    private void reread() {
        List<Long> batch = new ArrayList<>();
        long before = position();
        for (int i = random.nextInt(4); i > 0 && protocol.rereads().from() >= 0; i--) {
            long offset = protocol.rereads().from();
            String lane = broker.log.get((int) offset);
            if (!lane.isEmpty() && protocol.rereads().handsOut(lane, offset)) {
                batch.add(offset);
            }
            protocol.rereads().reached(offset + 1);
        }
        handle(batch, again, before);
    }

    /** Handles a batch; a handler may fail, and then the application seeks in one of the ways that applications do. */
    private void handle(List<Long> batch, Map<Long, Handling> into, long before) {
        for (long offset : batch) {
            if (random.nextInt(6) == 0) {
                switch (random.nextInt(3)) {
                    case 0 -> seek(offset);
                    case 1 -> seek(protocol.rereads().committed(deliveries.committed()));
                    default -> seek(Math.min(before, offset));
                }
                return;
            }
            into.put(offset, broker.handle(offset, "base"));
        }
    }

    private long position() {
        return protocol.rereads().position(deliveries.position());
    }

    /** Seeks as the consumer does, and forgets what will be handed out again. */
    private void seek(long target) {
        long position = deliveries.position();
        long to = protocol.rereads().seek(target, deliveries.committed(), position, deliveries.handedOut(target));
        if (to != position) {
            protocol.came(position);
            deliveries.seek(to);
        }
        broker.undo(own, target);
        broker.undo(again, target);
    }

    private void acknowledge() {
        acknowledge(again);
        acknowledge(own);
    }

    /** What is read again must be acknowledged and written in one: that is what an application's commit does. */
    private void acknowledge(NavigableMap<Long, Handling> handlings) {
        if (handlings.isEmpty()) {
            return;
        }
        long offset = List.copyOf(handlings.keySet()).get(random.nextInt(handlings.size()));
        // A record that was given back to the lane meanwhile is no longer the base's to commit.
        List<Handling> readAgain = new ArrayList<>();
        handlings.headMap(offset, true).forEach((one, handling) -> {
            if (protocol.rereads().delivers(one)) {
                readAgain.add(handling);
            }
        });
        if (protocol.rereads().acknowledge(offset + 1, deliveries.committed())) {
            if (commit(deliveries.commitFor(offset + 1))) {
                handlings.headMap(offset, true).values().forEach(handling -> handling.committed = true);
            }
            handlings.headMap(offset, true).clear();
        } else {
            if (commitProgress()) {
                readAgain.forEach(handling -> handling.committed = true);
            }
            handlings.headMap(offset, true).clear();
        }
    }

    private void progress() {
        List<Progress> made = protocol.progress();
        if (!made.isEmpty() && commit(deliveries.committed())) {
            write(made);
        }
    }

    /** What an application waits for that commits records which were read again; whether its commit succeeds. */
    private boolean commitProgress() {
        protocol.note();
        List<Progress> made = protocol.progress();
        if ((!made.isEmpty() || protocol.changed()) && !commit(deliveries.committed())) {
            return false;
        }
        write(made);
        return !protocol.changed() || commit(deliveries.committed());
    }

    private void write(List<Progress> made) {
        for (Progress progress : made) {
            SimulatedBroker.Group group = broker.lane(progress.slug());
            if (group.commit(null, progress.offset(), progress.mark().encode())) {
                protocol.accepted(progress);
            } else {
                protocol.refused(progress, broker.clock);
            }
        }
    }
}
