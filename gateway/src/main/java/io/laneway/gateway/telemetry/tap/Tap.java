package io.laneway.gateway.telemetry.tap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tap behind the exchange, over all event loops: finished requests are written down once, remembered, and read by
 * subscribers. A thread, which lives as long as there are subscriptions, reads and filters; where it is too late,
 * records were written over and count as dropped. Safe for many threads.
 */
public final class Tap implements AutoCloseable {

    /** What cannot be written down is counted for this listener. */
    public static final String REQUESTS = "requests";

    /** Of subscribers from within {@link io.laneway.gateway.telemetry.records}. */
    public static final String TAIL = "tail";

    private static final Logger log = LoggerFactory.getLogger(Tap.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Records between the loops and the thread where none are to be remembered. */
    private static final int IN_PASSING = 8192;

    private final int loopCount;
    private final boolean remembers;
    private final List<LoopTap> loops = new ArrayList<>();
    private final List<RecordWriter> writers = new CopyOnWriteArrayList<>();
    private final List<Subscribed> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
    private volatile @Nullable SegmentPool pool;
    private List<RecordCursor> cursors = List.of();
    private @Nullable Thread thread;
    private boolean closed;

    /** A subscription with its filter compiled. */
    private record Subscribed(TapSubscription to, CompiledFilter filter) {}

    /**
     * A tap.
     *
     * @param remembered requests that are remembered in any case, 0 for none
     * @param loops      how many event loops there will be
     */
    public Tap(int remembered, int loops) {
        this.loopCount = loops;
        this.remembers = remembered > 0;
        this.pool = remembers ? new SegmentPool(remembered, loops) : null;
        dropped.put(REQUESTS, new LongAdder());
        dropped.put(TAIL, new LongAdder());
    }

    /** Makes the tap of an event loop. */
    public synchronized LoopTap loop() {
        SegmentPool to = pool;
        LoopTap loop = new LoopTap(to == null ? null : writer(to));
        loops.add(loop);
        return loop;
    }

    private RecordWriter writer(SegmentPool to) {
        RecordWriter writer = new RecordWriter(to);
        writers.add(writer);
        return writer;
    }

    /** Looks records up; null if none are remembered. */
    public @Nullable RecordLookup lookup() {
        SegmentPool from = pool;
        return remembers && from != null ? new RecordLookup(from) : null;
    }

    /** Begins to hand over what finishes from now on. */
    public synchronized void subscribe(TapSubscription to) {
        if (closed) {
            return;
        }
        SegmentPool from = pool;
        if (from == null) {
            from = new SegmentPool(IN_PASSING, loopCount);
            pool = from;
            for (LoopTap loop : loops) {
                loop.write(writer(from));
            }
        }
        dropped.computeIfAbsent(to.listener(), name -> new LongAdder());
        if (thread == null) {
            cursors = cursors(from);
        }
        subscriptions.add(new Subscribed(to, new CompiledFilter(to.filter())));
        if (thread == null) {
            thread = new Thread(this::run, "laneway-tap");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private List<RecordCursor> cursors(SegmentPool from) {
        List<RecordCursor> made = new ArrayList<>();
        for (RecordWriter writer : writers) {
            made.add(new RecordCursor(from, writer.loop()));
        }
        return made;
    }

    /** Ends a subscription; one record may still be on its way. */
    public void unsubscribe(TapSubscription from) {
        subscriptions.removeIf(each -> each.to().equals(from));
        Thread reader = thread;
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }

    /** Whether the thread that reads lives. */
    synchronized boolean isReading() {
        return thread != null;
    }

    /** Records dropped, by listener. */
    public Map<String, Long> dropped() {
        Map<String, Long> counts = new TreeMap<>();
        dropped.forEach((listener, count) -> counts.put(listener, count.sum()));
        counts.merge(REQUESTS, writers.stream().mapToLong(RecordWriter::dropped).sum(), Long::sum);
        return counts;
    }

    @Override
    public void close() {
        Thread reader;
        synchronized (this) {
            closed = true;
            reader = thread;
        }
        subscriptions.clear();
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }

    private void run() {
        while (isWanted()) {
            for (RecordCursor cursor : cursors) {
                long lost = cursor.read(new Delivery());
                if (lost > 0) {
                    subscriptions.forEach(each -> drop(each.to(), lost));
                }
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /** Ends the thread, and what was written for it alone, when there are no subscriptions any more. */
    private synchronized boolean isWanted() {
        if (!subscriptions.isEmpty()) {
            return true;
        }
        thread = null;
        cursors = List.of();
        if (!remembers) {
            loops.forEach(loop -> loop.write(null));
            writers.clear();
            pool = null;
        }
        return false;
    }

    private void drop(TapSubscription to, long records) {
        LongAdder count = dropped.get(to.listener());
        if (count != null) {
            count.add(records);
        }
        to.dropped(records);
    }

    /** Hands a record to all whose filters let it pass. Confined to the tap's thread. */
    private final class Delivery implements RecordCursor.Sink {

        private final List<TapSubscription> reading = new ArrayList<>();

        @Override
        public void read(RecordView record) {
            reading.clear();
            for (Subscribed each : subscriptions) {
                if (each.filter().matches(record)) {
                    each.to().read(record);
                    reading.add(each.to());
                }
            }
        }

        @Override
        public void confirmed() {
            for (TapSubscription each : reading) {
                try {
                    if (!each.confirmed()) {
                        drop(each, 1);
                    }
                } catch (RuntimeException e) {
                    log.atWarn()
                            .setCause(e)
                            .addKeyValue("listener", each.listener())
                            .log("a listener of the tap failed");
                    unsubscribe(each);
                }
            }
        }
    }
}
