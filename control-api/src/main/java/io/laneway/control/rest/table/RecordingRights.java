package io.laneway.control.rest.table;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Role;
import io.laneway.control.http.Call;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.text.Slug;
import org.jspecify.annotations.Nullable;

/**
 * Who may start, change and stop a recording. What goes to base, or to no lane, is what customers send: a recording of it
 * needs a token for all lanes. What is no secret is for admins to say. Stateless.
 */
final class RecordingRights {

    private RecordingRights() {}

    /** Refuses those who may not have this recording begin or end; null is none. */
    static void check(Call call, String base, @Nullable Recording recording) {
        if (recording == null) {
            return;
        }
        String lane = recording.lane();
        if (lane == null || Slug.of(lane).equals(Slug.of(base))) {
            call.mayChangeAll();
        } else {
            call.mayChange(lane);
        }
    }

    /** Refuses those who may not say what this recording leaves as it is. */
    static void keep(Call call, Recording wanted) {
        if (!wanted.redact().keep().isEmpty() && !call.principal().covers(Role.ADMIN)) {
            throw Denied.insufficient("role " + call.principal().role().word()
                    + " (expected: admin for redact.keep, since it names what is written as it is)");
        }
    }
}
