package io.laneway.control.broker;

import io.laneway.router.source.MessageLanes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks at brokers for those who ask, one look at a time at each, however many ask: who asks while one is under way,
 * or within {@link #FRESH} of its end, shares it. So a broker that does not answer holds one worker thread and no more.
 * Safe for many threads.
 */
public final class BrokerLooks implements AutoCloseable {

    /** For so long a look is shown again. */
    static final Duration FRESH = Duration.ofSeconds(5);

    private final List<MessageLanes> brokers;
    private final Supplier<Set<String>> lanes;
    private final Vertx vertx;
    private final Clock clock;
    private final Map<MessageLanes, Future<BrokerLook>> looks = new HashMap<>();

    /** @param lanes the lanes of the table, by slug */
    public BrokerLooks(List<MessageLanes> brokers, Supplier<Set<String>> lanes, Vertx vertx, Clock clock) {
        this.brokers = List.copyOf(brokers);
        this.lanes = lanes;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** A look at each broker, in their order. */
    public Future<List<BrokerLook>> all() {
        return Future.all(brokers.stream().map(this::look).toList()).map(done -> done.list());
    }

    private synchronized Future<BrokerLook> look(MessageLanes broker) {
        Future<BrokerLook> known = looks.get(broker);
        if (known != null && (!known.isComplete() || fresh(known.result()))) {
            return known;
        }
        Future<BrokerLook> next = vertx.executeBlocking(() -> now(broker), false);
        looks.put(broker, next);
        return next;
    }

    private boolean fresh(BrokerLook look) {
        long age = clock.millis() - look.at();
        return age >= 0 && age < FRESH.toMillis();
    }

    private BrokerLook now(MessageLanes broker) {
        try {
            MessageLanes.Look seen = broker.look(lanes.get());
            return BrokerLook.of(broker.name(), clock.millis(), seen);
        } catch (RuntimeException e) {
            return BrokerLook.failed(broker.name(), clock.millis(), e);
        }
    }

    @Override
    public void close() {
        brokers.forEach(MessageLanes::close);
    }
}
