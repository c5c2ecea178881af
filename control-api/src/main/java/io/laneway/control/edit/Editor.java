package io.laneway.control.edit;

import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.store.database.StoreException;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableState;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of the table: one change at a time, by the steps of {@link EditSteps}. Safe for many threads: all is
 * done on one thread of its own, and {@link #state()} may be read by all.
 */
public final class Editor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Editor.class);

    private final ControlStore store;
    private final CurrentState current;
    private final KeptResponses responses;
    private final EditSteps steps;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "laneway-control-writer"));

    /** @param maxChars the most that the edited objects may be as JSON, all together */
    public Editor(ControlStore store, Clock clock, long maxChars, RevisionListener listener) {
        this.store = store;
        this.current = new CurrentState(store, listener);
        this.responses = new KeptResponses(store);
        this.steps = new EditSteps(store, current, responses, clock, maxChars);
    }

    /** The table as it is. */
    public TableState state() {
        return current.get();
    }

    /** Asks for a change. Fails with {@link Refusal}, {@code TableRefused} or {@code StoreException}. */
    public CompletableFuture<EditResult> submit(EditCall call) {
        return run(() -> steps.edit(call));
    }

    /** Replaces what one source found; the revision it is published with, or the newest one if nothing changed. */
    public CompletableFuture<Long> overlay(String source, Overlay found) {
        return run(() -> steps.overlay(source, found));
    }

    /** The response that a client already got under an Idempotency-Key; refused if that was for another call. */
    public Optional<ResponseRow> earlier(Author author, @Nullable Once once) {
        return responses.find(author, once);
    }

    /** Reads what other replicas wrote. */
    public CompletableFuture<Long> catchUp() {
        return run(() -> {
            current.follow();
            return current.get().revision();
        });
    }

    /** Returns once {@link #state()} has what was committed before this call; blocks. */
    public void refresh() {
        if (store.shared() && store.revision() != state().revision()) {
            try {
                catchUp().get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("the control API is closing");
            }
        }
    }

    /** Reads all of it again, as after a restore. */
    public CompletableFuture<Long> reload() {
        return run(() -> {
            current.reload();
            return current.get().revision();
        });
    }

    private <T> CompletableFuture<T> run(Callable<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        if (writer.isShutdown()) {
            return CompletableFuture.failedFuture(new StoreException("the control API is closing"));
        }
        writer.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Throwable e) { // an error too: no client may wait for ever
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
                log.atWarn().log("closed while a change was being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
