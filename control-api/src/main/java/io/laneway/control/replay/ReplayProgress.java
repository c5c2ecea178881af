package io.laneway.control.replay;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway says of a replay: how far it is, and once it has ended what it came to. Immutable.
 *
 * @param run      names the run of its process
 * @param state    {@code running}, or as it ended
 * @param problem  why it failed or sent no more; empty if it did not
 * @param counts   of its requests
 */
record ReplayProgress(String run, ReplayState state, String problem, JsonObject counts) {

    private static final int MOST_TEXT = 2_000;
    private static final int MOST_RUN = 100;
    private static final String[] COUNTS = {
        "planned", "responded", "failed", "skipped", "left", "lateMillis", "lateOver100Millis"
    };

    /** Reads it; a newer gateway may say more. What differed is not read here. */
    static @Nullable ReplayProgress read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String run = fields.text("run");
        if (run.isEmpty() || run.length() > MOST_RUN) {
            fields.problem("run", run.length() + " characters", "1 to " + MOST_RUN + " characters");
        }
        ReplayState[] states = {ReplayState.RUNNING, ReplayState.DONE, ReplayState.ABORTED, ReplayState.FAILED};
        ReplayState state = fields.word("state", states, ReplayState::word);
        JsonObject counts = new JsonObject();
        for (String name : COUNTS) {
            counts.put(name, fields.number(name, 0, Long.MAX_VALUE, 0));
        }
        String served = cut(fields.text("served", ""));
        if (!served.isEmpty()) {
            counts.put("served", served);
        }
        String note = cut(fields.text("note", ""));
        if (!note.isEmpty()) {
            counts.put("note", note);
        }
        String problem = cut(fields.text("problem", ""));
        return fields.build(() -> new ReplayProgress(run, state, problem, counts));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MOST_TEXT));
    }
}
