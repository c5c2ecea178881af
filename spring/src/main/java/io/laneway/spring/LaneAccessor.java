package io.laneway.spring;

import io.laneway.kafka.lane.LaneContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lane along to other threads, with Reactor's automatic context propagation and with Spring's
 * {@code ContextPropagatingTaskDecorator}. Found as a Java service. Safe for many threads.
 */
public final class LaneAccessor implements ThreadLocalAccessor<String> {

    static final String KEY = "laneway.lane";

    /** Called by the service loader. */
    public LaneAccessor() {
        // The lane is that of the thread.
    }

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable String getValue() {
        return LaneContext.current();
    }

    /** The registry sets the value before again when it leaves, so the scope is not needed. */
    @Override
    public void setValue(String lane) {
        LaneContext.open(lane);
    }

    @Override
    public void setValue() {
        LaneContext.open((String) null);
    }
}
