package io.laneway.cli.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits until every gateway that is connected, or was minutes ago, has a revision, and says on standard error how many
 * have it. Blocks.
 */
final class Applied {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Remote remote;
    private String said = "";
    private boolean warned;

    Applied(Remote remote) {
        this.remote = remote;
    }

    /** @throws CallFailed with the gateways that do not have it, when the time is over */
    void await(long revision, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            List<String> behind = behind(revision);
            if (behind.isEmpty()) {
                return;
            }
            if (System.nanoTime() - end >= 0) {
                throw new CallFailed("revision " + revision + " is not on every gateway after " + patience.toMillis()
                        + " ms: " + String.join(", ", behind) + " (the change itself is made)");
            }
            pause();
        }
    }

    private List<String> behind(long revision) {
        JsonArray gateways = remote.get("/v1/gateways").getJsonArray("gateways", new JsonArray());
        List<String> behind = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        int connected = 0;
        for (int i = 0; i < gateways.size(); i++) {
            JsonObject gateway = gateways.getJsonObject(i);
            if (gateway.getBoolean("missed", false)) {
                missed.add(
                        gateway.getString("id") + " (not connected, last seen " + gateway.getString("lastSeen") + ")");
            } else if (gateway.getBoolean("connected", false)) {
                connected++;
                if (gateway.getLong("revision", 0L) < revision) {
                    behind.add(gateway.getString("id"));
                }
            }
        }
        say(
                connected + missed.size() == 0
                        ? "no gateway is known: none to wait for"
                        : (connected - behind.size()) + " of " + connected + " connected gateways have revision "
                                + revision + (missed.isEmpty() ? "" : "; not connected: " + missed.size()));
        if (!missed.isEmpty()) {
            warn("warning: not waited for: " + String.join(", ", missed));
        }
        return behind;
    }

    /** Once: it stays so for minutes. */
    private void warn(String text) {
        if (!warned) {
            remote.note(text);
            warned = true;
        }
    }

    private void say(String text) {
        if (!text.equals(said)) {
            remote.note(text);
            said = text;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted");
        }
    }
}
