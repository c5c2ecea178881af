package io.laneway.cli.replays;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** One replay as it is followed and shown. Confined to one thread, which blocks. */
final class ReplayProgress {

    private static final long PAUSE_MILLIS = 1_000;
    private static final int SAID_EVERY = 5;

    /** A control API that restarts is waited for. */
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    private static final int ALIKE = 0;
    private static final int DIFFERS = 1;
    private static final int COULD_NOT_RUN = 2;

    private final Remote remote;
    private final String id;

    ReplayProgress(Remote remote, String id) {
        this.remote = remote;
        this.id = id;
    }

    /** Says how far it is until it has ended. */
    JsonObject follow() throws InterruptedException {
        long heard = System.nanoTime();
        String said = "";
        for (int looks = 0; true; looks++) {
            try {
                JsonObject replay = remote.get(ControlClient.path("replays", id));
                heard = System.nanoTime();
                if (replay.containsKey("ended")) {
                    return replay;
                }
                String line = ReplayText.line(replay);
                if (looks % SAID_EVERY == 0 && !line.equals(said)) {
                    remote.note(line);
                    said = line;
                }
            } catch (CallFailed e) {
                if (e.status() > 0 || System.nanoTime() - heard > PATIENCE_NANOS) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Prints it; the exit code says whether something differs, or has no response. */
    int show(JsonObject replay) {
        if (remote.format() == Format.table) {
            remote.println(ReplayText.of(replay));
        } else {
            remote.print(replay);
        }
        String state = replay.getString("state", "");
        if (state.equals("failed") || state.equals("aborted")) {
            return COULD_NOT_RUN;
        }
        JsonObject progress = replay.getJsonObject("progress", new JsonObject());
        long failed = progress.getLong("failed", 0L);
        if (failed > 0 && progress.getLong("responded", 0L) == 0) {
            remote.note("no request has a response: nothing was compared");
            return COULD_NOT_RUN;
        }
        boolean differs = replay.getJsonObject("report", new JsonObject()).getBoolean("differs", false);
        return differs || failed > 0 ? DIFFERS : ALIKE;
    }
}
