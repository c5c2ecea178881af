package io.laneway.kafka.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/**
 * What the consumers of this process count, by base group and lane. It needs no library; {@code LaneMetrics} makes
 * meters of it. Safe for many threads.
 */
public final class MessageStats implements MemberStats.Counts {

    /** Those of this process. */
    public static final MessageStats PROCESS = new MessageStats();

    /** The lane's tag of the base itself. */
    public static final String BASE = "(base)";

    /** Lanes beyond these are counted together, since names of lanes come and go without end. */
    static final int MAX_METERS = 2_000;

    private static final String OTHERS = "(others)";

    /** The place of a number: {@code to} is the side that gets the records, empty for all but hand-overs. */
    record Key(String name, String group, String lane, String to) {}

    /** A number to show. */
    record Meter(Key key, boolean counter, DoubleSupplier value) {}

    /** Takes each number when it first occurs. */
    interface Listener {
        void meter(Meter meter);
    }

    private final Set<MemberStats> members = ConcurrentHashMap.newKeySet();
    private final Map<Key, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<Key, Meter> meters = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A consumer begins; the lane is a slug, or {@link #BASE}. */
    public MemberStats join(String group, String lane) {
        MemberStats member = new MemberStats(this, group, lane);
        members.add(member);
        gauge(MeterNames.LAG, group, lane, MemberStats::lag);
        gauge(MeterNames.WAITING, group, lane, MemberStats::waiting);
        return member;
    }

    @Override
    public void leave(MemberStats member) {
        members.remove(member);
    }

    /** Shows what is here and what will come. */
    void listen(Listener listener) {
        List<Meter> now;
        synchronized (this) {
            listeners.add(listener);
            now = new ArrayList<>(meters.values());
        }
        now.forEach(listener::meter);
    }

    @Override
    public void owed(String group, String lane) {
        Key key = new Key(MeterNames.OWED, group, lane, "");
        show(key, false, () -> sum(group, member -> member.owed(lane)));
    }

    @Override
    public void count(String name, String group, String lane, String to) {
        LongAdder counter = counters.get(new Key(name, group, lane, to));
        if (counter == null) {
            String shown = meters.size() < MAX_METERS ? lane : OTHERS;
            Key key = new Key(name, group, shown, to);
            counter = counters.computeIfAbsent(key, unused -> new LongAdder());
            show(key, true, counter::doubleValue);
        }
        counter.increment();
    }

    private void gauge(String name, String group, String lane, ToLongFunction<MemberStats> value) {
        show(
                new Key(name, group, lane, ""),
                false,
                () -> sum(group, member -> member.lane().equals(lane) ? value.applyAsLong(member) : 0));
    }

    private double sum(String group, ToLongFunction<MemberStats> value) {
        long sum = 0;
        for (MemberStats member : members) {
            sum += member.group().equals(group) ? value.applyAsLong(member) : 0;
        }
        return sum;
    }

    private void show(Key key, boolean counter, DoubleSupplier value) {
        boolean full = meters.size() >= MAX_METERS && !key.lane().equals(OTHERS);
        if (full || meters.containsKey(key)) {
            return;
        }
        Meter meter = new Meter(key, counter, value);
        synchronized (this) {
            if (meters.putIfAbsent(key, meter) != null) {
                return;
            }
        }
        listeners.forEach(listener -> listener.meter(meter));
    }
}
