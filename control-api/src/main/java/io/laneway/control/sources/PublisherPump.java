package io.laneway.control.sources;

import io.laneway.control.edit.Editor;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.TableState;
import io.laneway.router.background.Backoff;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.source.TablePublisher;
import io.laneway.router.table.delta.TableDelta;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every published revision to one publisher, in order, from where the publisher says it is. What was published
 * is in the store (an outbox), so nothing is lost between the commit and the publisher. Runs on a thread of its
 * own; of replicas that share a store one pumps.
 */
public final class PublisherPump implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PublisherPump.class);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration VERIFY = Duration.ofSeconds(3);
    private static final long IDLE_MS = 20;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final int BATCH = 200;
    private static final int CALL_SECONDS = 30;

    private final TablePublisher publisher;
    private final String holder;
    private final Editor editor;
    private final ControlStore store;
    private final Thread thread;
    private volatile boolean closed;
    /** In a row, without any revision published between. */
    private int failures;

    private volatile boolean active;
    private volatile long published;
    private volatile long behindSince;
    private volatile @Nullable String problem;
    private long verified;

    /** @param holder names this replica */
    public PublisherPump(TablePublisher publisher, String holder, Editor editor, ControlStore store) {
        this.publisher = publisher;
        this.holder = holder;
        this.editor = editor;
        this.store = store;
        this.thread = new DaemonThreadFactory("laneway-control-publisher").newThread(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            long pause = IDLE_MS;
            try {
                pump();
                failures = 0;
                active = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                problem = said(e);
                behind();
                pause = BACKOFF.after(failures++).toMillis();
                log.atWarn()
                        .setCause(e)
                        .addKeyValue("publisher", publisher.name())
                        .addKeyValue("againInMs", pause)
                        .log("not published, tried again");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Asks where the publisher is, and leads it on until it fails or another replica takes over. */
    private void pump() throws InterruptedException, ExecutionException, TimeoutException {
        if (!mine()) {
            return;
        }
        active = true;
        String id = store.identity().id();
        long at = publisher.position(id).toCompletableFuture().get(CALL_SECONDS, TimeUnit.SECONDS);
        verified = System.nanoTime();
        while (!closed && mine() && store.identity().id().equals(id)) {
            at = verify(id, at);
            TableState state = editor.state();
            published = at;
            if (state.revision() == at) {
                level();
                TimeUnit.MILLISECONDS.sleep(IDLE_MS);
                continue;
            }
            behind();
            List<PublishedRow> rows = state.revision() > at ? store.publishedAfter(at, BATCH) : List.of();
            if (at == 0 || rows.isEmpty() || rows.get(0).revision() != at + 1) {
                published(publisher.snapshot(id, state.publishedTable()));
                at = state.revision();
            } else {
                at = deltas(id, rows);
            }
        }
    }

    /** Looks now and then whether what was published is still there. */
    private long verify(String id, long at) throws InterruptedException, ExecutionException, TimeoutException {
        long now = System.nanoTime();
        if (now - verified < VERIFY.toNanos()) {
            return at;
        }
        long there = publisher.verify(id, at).toCompletableFuture().get(CALL_SECONDS, TimeUnit.SECONDS);
        verified = System.nanoTime();
        return there;
    }

    private void level() {
        behindSince = 0;
        problem = null;
    }

    private void behind() {
        if (behindSince == 0) {
            behindSince = System.nanoTime() | 1;
        }
    }

    private static String said(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** How far it is. */
    public Publishing.Status status() {
        long since = behindSince;
        long seconds = since == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
        long at = published;
        long lag = Math.max(0, editor.state().revision() - at);
        return new Publishing.Status(publisher.name(), active, at, lag, seconds, problem);
    }

    private long deltas(String id, List<PublishedRow> rows)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (PublishedRow row : rows) {
            published(publisher.delta(
                    id, new TableDelta(row.revision() - 1, row.revision(), Bodies.readChanges(row.delta()))));
        }
        return rows.get(rows.size() - 1).revision();
    }

    private void published(CompletionStage<Void> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        stage.toCompletableFuture().get(CALL_SECONDS, TimeUnit.SECONDS);
        failures = 0;
    }

    private boolean mine() {
        return !store.shared() || store.side().lease("publisher " + publisher.name(), holder, LEASE);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publisher.close();
    }
}
