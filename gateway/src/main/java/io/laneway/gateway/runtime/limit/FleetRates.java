package io.laneway.gateway.runtime.limit;

import io.laneway.gateway.runtime.config.RatesConfig;
import io.laneway.gateway.runtime.limit.TokenStore.Grant;
import io.laneway.gateway.runtime.limit.TokenStore.Order;
import io.laneway.router.background.DaemonThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rates that this gateway shares with others exactly: leases ask for tokens, and what is asked for while an order is on
 * its way is ordered together after it. A store that does not respond within the timeout is away until it responds to
 * {@link TokenStore#present}, and no request waits for it meanwhile. Safe for many threads; a thread of its own speaks to
 * the store.
 */
public final class FleetRates implements Lease.Orders, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FleetRates.class);
    private static final int MOST_ORDERS = 1_000;
    private static final long BEAT_MILLIS = 500;

    private final RatesConfig config;
    private final Supplier<TokenStore> opens;
    private final LongSupplier nanos;
    private final long origin;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, new DaemonThreadFactory("laneway-rates"), new ThreadPoolExecutor.DiscardPolicy());
    private final Queue<Lease> asking = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final CountDownLatch heard = new CountDownLatch(1);
    private final LongAdder alone = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder orders = new LongAdder();
    private volatile boolean away = true;
    private volatile int gateways;
    private volatile @Nullable TokenStore store;
    private @Nullable Batch sent;
    private boolean beats;

    /** What was ordered together. */
    private static final class Batch {
        private final List<Lease> leases;
        private final long at;

        Batch(List<Lease> leases, long at) {
            this.leases = leases;
            this.at = at;
        }
    }

    /** @param opens the store, once it starts, so that nothing is to be closed before */
    FleetRates(RatesConfig config, Supplier<TokenStore> opens, LongSupplier nanos) {
        this.config = config;
        this.opens = opens;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        thread.setRemoveOnCancelPolicy(true);
    }

    /**
     * Of a configuration, null for none.
     *
     * @throws IllegalStateException if this distribution cannot
     */
    public static @Nullable FleetRates of(@Nullable RatesConfig config, LongSupplier nanos) {
        if (config == null) {
            return null;
        }
        TokenStoreProvider provider = ServiceLoader.load(TokenStoreProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "rates: this distribution has no laneway-redis (expected: the distribution laneway)"));
        return new FleetRates(config, () -> provider.open(config), nanos);
    }

    /** Opens the store and waits until it has responded, so that no gateway begins by itself that need not. */
    public void start(Duration most) {
        store = opens.get();
        thread.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        try {
            if (!heard.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
                log.atWarn().log("the store of rates does not respond, this gateway counts by itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long a request may wait. */
    public Duration timeout() {
        return config.timeout();
    }

    RatesConfig.Failure failure() {
        return config.failure();
    }

    @Override
    public long now() {
        return nanos.getAsLong() - origin;
    }

    /** Whether the store is away. */
    public boolean away() {
        return away;
    }

    /** How many gateways there were when the store responded last, this one among them; 0 if it never did. */
    public int gateways() {
        return gateways;
    }

    /** Requests that were counted without the store. */
    public long alone() {
        return alone.sum();
    }

    /** Requests that waited for the store. */
    public long waits() {
        return waits.sum();
    }

    /** Keys for which tokens were ordered. */
    public long orders() {
        return orders.sum();
    }

    void countAlone() {
        alone.increment();
    }

    void countWait() {
        waits.increment();
    }

    @Override
    public void ask(Lease lease) {
        asking.add(lease);
        if (called.compareAndSet(false, true)) {
            thread.execute(this::send);
        }
    }

    private void send() {
        called.set(false);
        if (sent != null) {
            return;
        }
        List<Lease> leases = new ArrayList<>();
        for (Lease next = asking.poll(); next != null; next = asking.poll()) {
            leases.add(next);
            if (leases.size() == MOST_ORDERS) {
                break;
            }
        }
        if (leases.isEmpty()) {
            return;
        }
        long now = now();
        Batch batch = new Batch(leases, now);
        sent = batch;
        TokenStore to = store;
        if (away || to == null) {
            lost(batch, null);
            return;
        }
        List<Order> wanted = leases.stream().map(lease -> lease.order(now)).toList();
        ScheduledFuture<?> timeout =
                thread.schedule(() -> lost(batch, null), config.timeout().toNanos(), TimeUnit.NANOSECONDS);
        var unused = to.reserve(wanted)
                .whenComplete((grants, error) -> thread.execute(() -> {
                    timeout.cancel(false);
                    done(batch, grants, error);
                }));
    }

    private void done(Batch batch, @Nullable List<Grant> grants, @Nullable Throwable error) {
        if (!batch.equals(sent)) {
            return;
        }
        if (grants == null) {
            lost(batch, error);
            return;
        }
        sent = null;
        orders.add(grants.size());
        long now = now();
        for (int i = 0; i < grants.size(); i++) {
            batch.leases.get(i).granted(grants.get(i), batch.at, now);
        }
        send();
    }

    private void lost(Batch batch, @Nullable Throwable error) {
        if (batch.equals(sent)) {
            sent = null;
            away(error);
            batch.leases.forEach(Lease::failed);
            send();
        }
    }

    private void away(@Nullable Throwable error) {
        if (!away) {
            away = true;
            log.atWarn()
                    .addKeyValue("cause", error == null ? "no response in time" : error)
                    .addKeyValue("gateways", gateways)
                    .log("the store of rates is away");
        }
    }

    private void beat() {
        TokenStore to = store;
        if (beats || to == null) {
            return;
        }
        beats = true;
        long begun = now();
        CompletionStage<Integer> response = to.present();
        var unused = response.whenComplete((count, error) -> thread.execute(() -> {
            beats = false;
            if (count == null) {
                away(error);
            } else {
                present(count, now() - begun);
            }
        }));
    }

    private void present(int count, long took) {
        boolean connecting = heard.getCount() > 0;
        gateways = count;
        if (away && (connecting || took <= config.timeout().toNanos())) {
            away = false;
            log.atInfo().addKeyValue("gateways", count).log("the store of rates responds");
        }
        heard.countDown();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        TokenStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }
}
