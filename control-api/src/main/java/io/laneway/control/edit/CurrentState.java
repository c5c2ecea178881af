package io.laneway.control.edit;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableState;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table as it is, and the listener to its revisions. Confined to the writer's thread, but for
 * {@link #get()}.
 */
final class CurrentState {

    private static final Logger log = LoggerFactory.getLogger(CurrentState.class);

    private final ControlStore store;
    private final StateReader reader;
    private final RevisionListener listener;
    private volatile TableState state;

    CurrentState(ControlStore store, RevisionListener listener) {
        this.store = store;
        this.reader = new StateReader(store);
        this.listener = listener;
        this.state = reader.load();
        listener.reset(state);
    }

    /** The state that was published last. Safe for many threads. */
    TableState get() {
        return state;
    }

    /** What another replica wrote counts before anything is decided: a 412 and "nothing changed" need no commit. */
    TableState caughtUp() {
        if (store.shared()) {
            follow();
        }
        return state;
    }

    /** Reads what other processes wrote. */
    void follow() {
        Optional<List<PublishedRow>> rows = reader.missed(state);
        while (rows.isPresent() && !rows.get().isEmpty()) {
            state = reader.follow(state, rows.get());
            listener.revisions(state, rows.get());
            rows = reader.missed(state);
        }
        if (rows.isEmpty()) {
            reload();
            log.atWarn().addKeyValue("revision", state.revision()).log("table read whole: too much was missed");
        }
    }

    /** Reads all of it again, as after a restore. */
    void reload() {
        state = reader.load();
        listener.reset(state);
    }

    /** Publishes a state that was committed. */
    void publish(Commits.Step step) {
        state = step.after();
        listener.revisions(state, List.of(step.commit().published()));
    }
}
