package io.laneway.control.recording;

import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditOutcome;
import io.laneway.control.edit.Editor;
import io.laneway.control.table.TableObjects;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.table.delta.TableChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes recordings off the table a day after their end; their files stay. Confined to one thread; where replicas share
 * the store, only the holder of the lease sweeps.
 */
public final class RecordingSweep {

    /** So long a recording that has ended is in the table. */
    public static final Duration KEPT = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(RecordingSweep.class);

    private final Editor editor;
    private final Clock clock;

    public RecordingSweep(Editor editor, Clock clock) {
        this.editor = editor;
        this.clock = clock;
    }

    /** Does what is due. */
    public void sweep() {
        Instant before = clock.instant().minus(KEPT);
        List<Recording> over = editor.state().objects().recordings().values().stream()
                .filter(recording -> recording.until().isBefore(before))
                .toList();
        for (Recording recording : over) {
            EditCall call = EditCall.plain(
                    Author.itself("recording " + recording.name() + " ended at " + recording.until()),
                    "",
                    "expire",
                    "recording " + recording.name(),
                    now -> without(now, recording));
            EditOutcome outcome = editor.submit(call).handle(EditOutcome::of).join();
            if (!(outcome instanceof EditOutcome.Made)) {
                log.atWarn()
                        .addKeyValue("recording", recording.name())
                        .addKeyValue("outcome", outcome)
                        .log("recording that has ended not removed, tried again with each sweep");
            }
        }
    }

    /** It may have been started again since it was found: then it stays. */
    private static TableObjects without(TableObjects now, Recording over) {
        return over.equals(now.recording(over.name()))
                ? now.with(List.of(new TableChange.RemoveRecording(over.name())))
                : now;
    }
}
