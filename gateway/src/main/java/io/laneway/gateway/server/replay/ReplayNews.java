package io.laneway.gateway.server.replay;

import io.laneway.replay.send.Totals;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a replay to the control API. Immutable, but for the report, which is only read.
 *
 * @param run     names this process's run of it
 * @param state   {@code running}, {@code done}, {@code aborted} or {@code failed}
 * @param problem why it failed; empty if it did not
 * @param left    recorded requests that there was no room for
 * @param served  how many requests the lane served itself, as text; empty if it is not known
 * @param note    what was compared otherwise than was wished for; empty if nothing
 * @param report  what differed; null if there is nothing to say
 */
record ReplayNews(
        String run,
        String state,
        String problem,
        Totals totals,
        long left,
        String served,
        String note,
        @Nullable JsonObject report) {

    static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0);

    static ReplayNews running(String run, Totals totals, long left) {
        return new ReplayNews(run, "running", "", totals, left, "", "", null);
    }

    static ReplayNews failed(String run, String problem) {
        return new ReplayNews(run, "failed", problem, NONE, 0, "", "", null);
    }

    static ReplayNews aborted(String run) {
        return new ReplayNews(run, "aborted", "", NONE, 0, "", "", null);
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("run", run)
                .put("state", state)
                .put("problem", problem)
                .put("planned", totals.planned())
                .put("responded", totals.responded())
                .put("failed", totals.failed())
                .put("skipped", totals.skipped())
                .put("left", left)
                .put("lateMillis", TimeUnit.NANOSECONDS.toMillis(totals.late()))
                .put("lateOver100Millis", totals.lateOver100Millis())
                .put("served", served)
                .put("note", note);
        return report == null ? json : json.put("report", report);
    }
}
