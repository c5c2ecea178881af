package io.laneway.kafka.lane;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The lane for which the current thread works: records that it produces are marked with it. It is opened by the code
 * that begins to handle a request or a record, and closed by the same thread. Frameworks that do not keep to one
 * thread add a {@link Holder}. Safe for many threads.
 */
public final class LaneContext {

    /** Another place that knows the current lane, such as Vert.x's context; found as a Java service. */
    public interface Holder {

        /** The lane of the work that is done here and now, null if this place knows none. */
        @Nullable
        String current();
    }

    /** Ends the work for a lane; the lane before is current again. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    private static final ThreadLocal<@Nullable String> LANE = new ThreadLocal<>();

    private static final List<Holder> HOLDERS = Holders.find(Holder.class);

    private LaneContext() {}

    /** The current lane as it was named, null if there is none. */
    public static @Nullable String current() {
        String lane = LANE.get();
        for (int i = 0; lane == null && i < HOLDERS.size(); i++) {
            lane = HOLDERS.get(i).current();
        }
        return lane;
    }

    /** Works for a lane, or for none if null, until the scope is closed. */
    public static Scope open(@Nullable String lane) {
        String before = LANE.get();
        set(lane);
        return () -> set(before);
    }

    /** Works for the lane of a record, under the default header, until the scope is closed. */
    public static Scope open(ConsumerRecord<?, ?> record) {
        return open(LaneHeader.DEFAULT.read(record.headers()));
    }

    /** Does some work for a lane, or for none if null. */
    public static void run(@Nullable String lane, Runnable work) {
        String before = LANE.get();
        set(lane);
        try {
            work.run();
        } finally {
            set(before);
        }
    }

    private static void set(@Nullable String lane) {
        if (lane == null) {
            LANE.remove();
        } else {
            LANE.set(lane);
        }
    }
}
