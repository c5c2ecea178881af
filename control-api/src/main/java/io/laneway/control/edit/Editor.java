package io.laneway.control.edit;

import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.AnswerRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.StoreException;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import java.time.Clock;
import java.util.List;
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
 * The only writer of the table. One change at a time: 1 catch up with other replicas → 2 condition → 3 change → 4 check
 * → 5 diff → 6 commit, durable → 7 publish → 8 answer. A commit that another replica was faster than starts again at 1.
 * Safe for many threads: everything is done on one thread of its own, and {@link #state()} may be read by all.
 */
public final class Editor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Editor.class);

    private final ControlStore store;
    private final Clock clock;
    private final long maxChars;
    private final StateReader reader;
    private final Published published;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "laneway-control-writer"));
    private volatile TableState state;

    /** Hears of every revision in order, on the writer's thread, after it is durable. */
    public interface Published {
        /** Revisions that lead from the state told before to this one. */
        void revisions(TableState state, List<PublishedRow> rows);

        /** The state cannot be reached by revisions told one by one. */
        void reset(TableState state);
    }

    /** @param maxChars the most that the edited objects may be as JSON, all together */
    public Editor(ControlStore store, Clock clock, long maxChars, Published published) {
        this.maxChars = maxChars;
        this.store = store;
        this.clock = clock;
        this.reader = new StateReader(store);
        this.published = published;
        this.state = reader.load();
        published.reset(state);
    }

    /** The table as it stands. */
    public TableState state() {
        return state;
    }

    /** Asks for a change. Fails with {@link Refusal}, {@code TableRefused} or {@code StoreException}. */
    public CompletableFuture<EditResult> submit(EditCall call) {
        return run(() -> edit(call));
    }

    /** Replaces what one source found; the revision it is published with, or the one that stands if nothing changed. */
    public CompletableFuture<Long> overlay(String source, Overlay found) {
        return run(() -> place(source, found));
    }

    /** Reads what other replicas wrote. */
    public CompletableFuture<Long> catchUp() {
        return run(() -> {
            follow();
            return state.revision();
        });
    }

    /** Returns once {@link #state()} has what was committed before this call; blocks. */
    public void refresh() {
        if (store.shared() && store.revision() != state.revision()) {
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

    /** Reads everything anew, as after a restore. */
    public CompletableFuture<Long> reload() {
        return run(() -> {
            state = reader.load();
            published.reset(state);
            return state.revision();
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
            } catch (Throwable e) { // an error too: who waits must not wait for ever
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private EditResult edit(EditCall call) {
        while (true) {
            followShared();
            TableState before = state;
            Optional<AnswerRow> answered = answered(call.author(), call.once());
            if (answered.isPresent()) {
                return new EditResult(answered.get().revision(), false, answered.get(), List.of(), before, before);
            }
            TableObjects wanted = wanted(before, call);
            List<TableChange> changes = TableDiff.between(before.objects(), wanted);
            if (changes.isEmpty()) {
                return unchanged(call, before);
            }
            check(before, wanted, changes, call);
            Commits.Step step = Commits.edit(before, wanted, changes, call, clock.millis());
            bounded(before, step.after());
            if (call.dryRun()) {
                return new EditResult(before.edited(), true, null, changes, before, step.after());
            }
            if (store.commit(step.commit())) {
                publish(step);
                warn(before, step.after(), call);
                return new EditResult(step.after().revision(), true, null, changes, before, step.after());
            }
            follow();
        }
    }

    /** What is allowed, and seldom meant. */
    private static void warn(TableState before, TableState after, EditCall call) {
        int lost = before.objects().services().size();
        if (lost > 0 && after.objects().services().isEmpty()) {
            log.atWarn()
                    .addKeyValue("services", lost)
                    .addKeyValue("revision", after.revision())
                    .addKeyValue("who", call.author().who())
                    .addKeyValue("action", call.action())
                    .log("the lane table has no service any more");
        }
    }

    /** What another replica wrote counts before anything is decided: a 412 and "nothing changed" need no commit. */
    private void followShared() {
        if (store.shared()) {
            follow();
        }
    }

    /** What makes a table smaller is always taken. */
    private void bounded(TableState before, TableState after) {
        if (after.chars() > maxChars && after.chars() > before.chars()) {
            throw new Refusal(
                    Refusal.Kind.TOO_LARGE,
                    "the table would have " + after.chars() + " characters as JSON (expected: at most " + maxChars
                            + ")");
        }
    }

    private TableObjects wanted(TableState before, EditCall call) {
        if (call.ifMatch() != null) {
            ObjectKey key = call.key();
            String tag = key == null ? before.tag() : before.tag(key);
            call.ifMatch().check(call.subject(), tag);
        }
        return call.edit().apply(before.objects());
    }

    private EditResult unchanged(EditCall call, TableState before) {
        AnswerRow answer = Answers.of(call, List.of(), before, before, clock.millis());
        if (!call.dryRun()) {
            store.beside(call.plan(), answer, call.uses());
        }
        return new EditResult(before.edited(), false, null, List.of(), before, before);
    }

    private static void check(TableState before, TableObjects wanted, List<TableChange> changes, EditCall call) {
        Ownership.check(before, changes, call.owner());
        List<Problem> problems = ChangeCheck.check(wanted, changes, before.revision() + 1);
        if (!problems.isEmpty()) {
            ObjectKey key = call.key();
            throw new TableRefused(
                    key == null ? problems : Places.within(wanted.table(before.revision() + 1), key, problems));
        }
    }

    /** The answer that a caller already got under an Idempotency-Key; refused if that was for something else. */
    public Optional<AnswerRow> answered(Author author, @Nullable Once once) {
        if (once == null) {
            return Optional.empty();
        }
        Optional<AnswerRow> answer = store.answer(author.who(), once.call());
        answer.filter(a -> !a.request().equals(once.request())).ifPresent(a -> {
            throw new Refusal(
                    Refusal.Kind.UNSOUND, "Idempotency-Key: used before for another call (expected: a new key)");
        });
        return answer;
    }

    private Long place(String source, Overlay found) {
        while (true) {
            followShared();
            Overlay old = state.overlays().getOrDefault(source, Overlay.EMPTY);
            if (old.equals(found)) {
                return state.revision();
            }
            Commits.Step step = Commits.overlay(state, source, found);
            if (store.commit(step.commit())) {
                publish(step);
                return state.revision();
            }
            follow();
        }
    }

    private void publish(Commits.Step step) {
        state = step.after();
        published.revisions(state, List.of(step.commit().published()));
    }

    private void follow() {
        Optional<List<PublishedRow>> rows = reader.missed(state);
        while (rows.isPresent() && !rows.get().isEmpty()) {
            state = reader.follow(state, rows.get());
            published.revisions(state, rows.get());
            rows = reader.missed(state);
        }
        if (rows.isEmpty()) {
            state = reader.load();
            log.atWarn().addKeyValue("revision", state.revision()).log("table read whole: too much was missed");
            published.reset(state);
        }
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
