package io.laneway.kafka.vertx;

import io.laneway.kafka.lane.LaneContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.AccessMode;
import io.vertx.core.spi.context.storage.ContextLocal;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current lane in Vert.x's context, where it survives asynchronous calls. Found by Vert.x and by
 * {@link LaneContext} as a Java service. Safe for many threads.
 */
public final class LaneLocal implements VertxServiceProvider, LaneContext.Holder {

    private static final ContextLocal<String> LANE = ContextLocal.registerLocal(String.class);

    /** Called by Vert.x and by the service loader. */
    public LaneLocal() {
        // The class being loaded registers the local, which must come before the first context.
    }

    @Override
    public void init(VertxBootstrap builder) {
        // Loading the class was all that Vert.x had to do.
    }

    @Override
    public @Nullable String current() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(LANE, AccessMode.CONCURRENT);
    }

    static void set(Context context, @Nullable String lane) {
        if (lane == null) {
            context.removeLocal(LANE, AccessMode.CONCURRENT);
        } else {
            context.putLocal(LANE, AccessMode.CONCURRENT, lane);
        }
    }
}
