package io.laneway.control.edit;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableState;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a change, from what other replicas wrote to what is published. Confined to the writer's thread. */
final class EditSteps {

    private static final Logger log = LoggerFactory.getLogger(EditSteps.class);

    private final ControlStore store;
    private final CurrentState current;
    private final KeptResponses responses;
    private final Clock clock;
    private final long maxChars;

    EditSteps(ControlStore store, CurrentState current, KeptResponses responses, Clock clock, long maxChars) {
        this.store = store;
        this.current = current;
        this.responses = responses;
        this.clock = clock;
        this.maxChars = maxChars;
    }

    /** One change by a call: 1 catch up → 2 replay → 3 precondition → 4 apply → 5 check → 6 bound → 7 commit → 8 publish. */
    EditResult edit(EditCall call) {
        while (true) {
            TableState before = current.caughtUp();
            Optional<ResponseRow> earlier = responses.find(call.author(), call.once());
            if (earlier.isPresent()) {
                return EditResult.replayed(earlier.get(), before);
            }
            checkPrecondition(call, before);
            Change change = Change.of(call, before);
            if (change.none()) {
                return unchanged(change);
            }
            change.check();
            Commits.Step step = change.rows(clock.millis());
            checkSize(before, step.after());
            if (call.dryRun()) {
                return change.result(before.edited(), step.after());
            }
            if (committed(step)) {
                return published(change, step);
            }
        }
    }

    /** One change of what a source found; the revision after it. */
    long overlay(String source, Overlay found) {
        while (true) {
            TableState before = current.caughtUp();
            if (before.overlays().getOrDefault(source, Overlay.EMPTY).equals(found)) {
                return before.revision();
            }
            Commits.Step step = Commits.overlay(before, source, found);
            if (committed(step)) {
                current.publish(step);
                return step.after().revision();
            }
        }
    }

    private static void checkPrecondition(EditCall call, TableState before) {
        if (call.ifMatch() != null) {
            ObjectKey key = call.key();
            call.ifMatch().check(call.subject(), key == null ? before.tag() : before.tag(key));
        }
    }

    /** Keeps what belongs to a call that changes nothing. */
    private EditResult unchanged(Change change) {
        EditCall call = change.call();
        TableState state = change.before();
        if (!call.dryRun()) {
            store.beside(call.plan(), KeptResponses.of(call, List.of(), state, state, clock.millis()), call.uses());
        }
        return change.result(state.edited(), state);
    }

    /** What makes a table smaller is always taken. */
    private void checkSize(TableState before, TableState after) {
        if (after.chars() > maxChars && after.chars() > before.chars()) {
            throw new Refusal(
                    Refusal.Kind.TOO_LARGE,
                    "the table would have " + after.chars() + " characters as JSON (expected: at most " + maxChars
                            + ")");
        }
    }

    /** Writes a step; false if another replica was faster, whose revisions are here then. */
    private boolean committed(Commits.Step step) {
        boolean committed = store.commit(step.commit());
        if (!committed) {
            current.follow();
        }
        return committed;
    }

    private EditResult published(Change change, Commits.Step step) {
        current.publish(step);
        warn(change, step.after());
        return change.result(step.after().revision(), step.after());
    }

    /** What is allowed, and seldom meant. */
    private static void warn(Change change, TableState after) {
        int lost = change.before().objects().services().size();
        if (lost > 0 && after.objects().services().isEmpty()) {
            log.atWarn()
                    .addKeyValue("services", lost)
                    .addKeyValue("revision", after.revision())
                    .addKeyValue("who", change.call().author().who())
                    .addKeyValue("action", change.call().action())
                    .log("the lane table has no service any more");
        }
    }
}
