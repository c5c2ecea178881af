package io.laneway.gateway.traffic.filter;

import io.laneway.filter.BodyTooLargeException;
import io.laneway.filter.FilterRequest;
import io.laneway.filter.FilterResult;
import io.laneway.filter.Headers;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.RequestTime;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.gate.HandBack;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request before one filter: what the filter sees of it, from whatever thread, and its result on the way back to the event
 * loop. Confined to that loop but for the methods of {@link FilterRequest}. It outlives its exchange where the filter keeps it.
 */
final class FilterCall implements FilterRequest {

    static final int MOST_BODY = 64 << 20;
    private static final byte[] NOTHING = {};

    private final HeadView head;
    private final ExchangeContext context;
    private final Loop loop;
    private final LoopFilter filter;
    private final GateWait wait;
    private final RequestTime time;
    private final long began;
    private @Nullable CompletableFuture<? extends FilterResult> stage;
    private @Nullable HandBack<FilterOutcome> pending;
    private @Nullable CompletableFuture<byte[]> body;
    private long most;
    private boolean over;

    FilterCall(HeadView head, ExchangeContext context, LoopFilter filter, GateWait wait) {
        this.head = head;
        this.context = context;
        this.loop = context.loop();
        this.filter = filter;
        this.wait = wait;
        this.time = new RequestTime(context, filter.timeout());
        this.began = loop.reading();
    }

    LoopFilter filter() {
        return filter;
    }

    RequestTime time() {
        return time;
    }

    /** Whether the filter waits for the body. */
    boolean collects() {
        return body != null;
    }

    /**
     * Shows the request to the filter.
     *
     * @param waiter gets what comes of it, later on the loop
     * @return what came of it at once; null if the waiter gets it
     */
    @Nullable
    FilterOutcome begin(Consumer<FilterOutcome> waiter) {
        wait.within(time.left());
        try {
            CompletionStage<? extends FilterResult> made =
                    filter.measured(loop, () -> filter.shared().filter().filter(this));
            if (made == null) {
                return FilterOutcome.failed(new NullPointerException("the filter's stage is null"));
            }
            return follow(made, waiter);
        } catch (Throwable e) { // code of others may fail in any way, and the loop serves on
            return FilterOutcome.failed(e);
        }
    }

    private @Nullable FilterOutcome follow(
            CompletionStage<? extends FilterResult> made, Consumer<FilterOutcome> waiter) {
        CompletableFuture<? extends FilterResult> future = future(made);
        if (future != null && future.isDone()) {
            return future.handle(FilterOutcome::of).join();
        }
        stage = future;
        HandBack<FilterOutcome> waiting = new HandBack<>(loop, waiter);
        pending = waiting;
        made.whenComplete((result, error) -> waiting.accept(FilterOutcome.of(result, error)));
        return null;
    }

    /** Null for a stage that cannot be looked at, such as the JDK's minimal one, which is a future by its class alone. */
    private static @Nullable CompletableFuture<? extends FilterResult> future(
            CompletionStage<? extends FilterResult> made) {
        try {
            if (made instanceof CompletableFuture<? extends FilterResult> future) {
                var unused = future.isDone();
                return future;
            }
        } catch (UnsupportedOperationException e) {
            // it says when it is complete all the same
        }
        return null;
    }

    /** The body is there, or more than was asked for. */
    void collected() {
        CompletableFuture<byte[]> waiting = body;
        if (waiting != null) {
            body = null;
            wait.within(time.left());
            hand(waiting);
        }
    }

    private void hand(CompletableFuture<byte[]> to) {
        byte[] bytes = wait.body((int) most + 1);
        filter.measured(
                loop,
                () -> bytes.length > most
                        ? to.completeExceptionally(new BodyTooLargeException(most))
                        : to.complete(bytes));
    }

    /** Its result does not count any more: what the filter has begun is cancelled. */
    void cancel() {
        over = true;
        HandBack<FilterOutcome> waiting = pending;
        CompletableFuture<? extends FilterResult> begun = stage;
        CompletableFuture<byte[]> wanted = body;
        pending = null;
        stage = null;
        body = null;
        if (waiting != null) {
            waiting.cancel();
        }
        filter.measured(loop, () -> {
            if (begun != null) {
                begun.cancel(false);
            }
            return wanted != null && wanted.cancel(false);
        });
    }

    /** The filter has said what becomes of the request. */
    void end() {
        over = true;
        pending = null;
        stage = null;
        body = null;
        filter.counts().durations.add(loop.reading() - began);
    }

    @Override
    public CompletionStage<byte[]> collect(int max) {
        if (max < 0 || max > MOST_BODY) {
            throw new IllegalArgumentException("max: " + max + " (expected: 0 to " + MOST_BODY + ")");
        }
        CompletableFuture<byte[]> wanted = new CompletableFuture<>();
        if (loop.eventLoop().inEventLoop()) {
            collect(max, wanted);
            return wanted;
        }
        try {
            loop.eventLoop().execute(() -> {
                collect(max, wanted);
                loop.flushes().flush();
            });
        } catch (RejectedExecutionException e) {
            wanted.completeExceptionally(new CancellationException("the gateway is being closed"));
        }
        return wanted;
    }

    private void collect(int max, CompletableFuture<byte[]> wanted) {
        if (over) {
            wanted.completeExceptionally(new CancellationException("the request is over, or the filter's part in it"));
        } else if (body != null) {
            wanted.completeExceptionally(new IllegalStateException("the body is being collected"));
        } else if (context.switching()) {
            wanted.complete(NOTHING);
        } else {
            most = Math.min(max, context.facts().mostReceived);
            if (context.request().bodyLength() > most) {
                wanted.completeExceptionally(new BodyTooLargeException(most));
            } else if (wait.collect((int) most)) {
                hand(wanted);
            } else {
                body = wanted;
                wait.within(time.forBody());
            }
        }
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String target() {
        return head.target();
    }

    @Override
    public Headers headers() {
        return head.headers();
    }

    @Override
    public String scheme() {
        return head.scheme();
    }

    @Override
    public String host() {
        return head.host();
    }

    @Override
    public String client() {
        return head.client();
    }

    @Override
    public String id() {
        return head.id();
    }

    @Override
    public String listener() {
        return head.listener();
    }

    @Override
    public String service() {
        return head.service();
    }

    @Override
    public String lane() {
        return head.lane();
    }

    @Override
    public @Nullable String tenant() {
        return head.tenant();
    }
}
