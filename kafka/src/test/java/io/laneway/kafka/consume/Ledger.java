package io.laneway.kafka.consume;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.TopicPartition;

/** Who handled which record, over all members of a test. Safe for many threads. */
final class Ledger {

    /** A record's place. */
    record Place(TopicPartition partition, long offset) {}

    /** One member handled one record; whether its commit for it succeeded. */
    static final class Handling {
        final String member;
        final String side;
        final long nanos = System.nanoTime();
        volatile boolean committed;

        Handling(String member, String side) {
            this.member = member;
            this.side = side;
        }

        @Override
        public String toString() {
            return member + (committed ? "+" : "-");
        }
    }

    final Map<Place, List<Handling>> handled = new ConcurrentHashMap<>();

    Handling handle(Place place, String member, String side) {
        Handling handling = new Handling(member, side);
        handled.computeIfAbsent(place, unused -> new CopyOnWriteArrayList<>()).add(handling);
        return handling;
    }

    /** The member undoes what it did, since it wants to have the record again. */
    void undo(Place place, Handling handling) {
        handled.getOrDefault(place, List.of()).remove(handling);
    }

    List<Handling> of(Place place) {
        return handled.getOrDefault(place, List.of());
    }

    /** The places that were handled and committed more than once. */
    List<Map.Entry<Place, List<Handling>>> committedTwice() {
        return handled.entrySet().stream()
                .filter(entry ->
                        entry.getValue().stream().filter(one -> one.committed).count() > 1)
                .toList();
    }

    long doubles() {
        return handled.values().stream().mapToLong(all -> all.size() - 1).sum();
    }

    long count(String side) {
        return handled.values().stream()
                .filter(all -> all.stream().anyMatch(one -> one.side.equals(side)))
                .count();
    }
}
