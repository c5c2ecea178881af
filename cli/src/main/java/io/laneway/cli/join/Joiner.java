package io.laneway.cli.join;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.Remote;
import io.laneway.router.background.Backoff;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to the control API, and opens one of each kind for each connection that a gateway wants: one to the
 * control API, one to the local port. A control API that goes away is waited for. Confined to its context's event loop.
 */
final class Joiner {

    private static final long BEAT_MS = 5_000;
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(3 * BEAT_MS);
    private static final long SAID_AGAIN = TimeUnit.SECONDS.toNanos(1);
    private static final int TOO_MANY = 429;
    private static final int MAX_BODY = 2_000;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(300), Duration.ofSeconds(5));

    private final Vertx vertx;
    private final Context context;
    private final Remote remote;
    private final WebSocketClient client;
    private final String path;
    private final LocalPort local;
    private final Promise<Void> over = Promise.promise();
    private final Promise<Void> idle = Promise.promise();
    private final Random random = new Random();
    private @Nullable WebSocket socket;
    private String id = "";
    private long heard;
    private int failures;
    private boolean joined;
    private boolean leaving;
    private int open;
    private @Nullable String ending;
    private int unsaid;
    private long said = System.nanoTime() - SAID_AGAIN;

    /** @param path of the join, with its query */
    Joiner(Vertx vertx, Remote remote, String path, LocalPort local) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.remote = remote;
        this.client = vertx.createWebSocketClient(remote.webSockets());
        this.path = path;
        this.local = local;
    }

    /** Joins; what is returned completes when it is over, with what ended it. */
    Promise<Void> start() {
        context.runOnContext(go -> connect());
        vertx.setPeriodic(BEAT_MS, id -> context.runOnContext(go -> beat()));
        return over;
    }

    /** Leaves; what is returned completes when no connection is open. Any thread. */
    Promise<Void> leave() {
        context.runOnContext(go -> {
            leaving = true;
            if (socket == null) {
                idle.tryComplete();
            } else {
                say(new JsonObject().put("leave", true));
            }
        });
        return idle;
    }

    private void connect() {
        dial(path).onSuccess(this::opened).onFailure(this::refused);
    }

    /** Shows what the files of the credentials hold at this moment. */
    private Future<WebSocket> dial(String to) {
        try {
            return client.connect(remote.webSocket(to));
        } catch (CommandFailed e) {
            return Future.failedFuture(e);
        }
    }

    private void opened(WebSocket to) {
        socket = to;
        heard = System.nanoTime();
        if (to.isClosed()) {
            lost(to, "the control API closed the connection");
            return;
        }
        to.pongHandler(pong -> heard = System.nanoTime());
        to.textMessageHandler(text -> message(new JsonObject(text)));
        to.exceptionHandler(error -> {});
        to.closeHandler(closed -> lost(to, "the control API closed the connection"));
    }

    private void refused(Throwable error) {
        if (error instanceof UpgradeRejectedException answer
                && answer.getStatus() >= 400
                && answer.getStatus() < 500
                && answer.getStatus() != TOO_MANY) {
            Buffer body = answer.getBody();
            String text = body == null ? "" : body.getString(0, Math.min(body.length(), MAX_BODY));
            over.tryFail(CallFailed.of(answer.getStatus(), text));
        } else if (!joined && error instanceof CommandFailed) {
            over.tryFail(error);
        } else if (!joined) {
            over.tryFail(
                    new CallFailed("no control API at " + remote.webSocket(path).getHost() + ": " + error.getMessage()
                            + " (expected: a control API that joins machines)"));
        } else {
            again(String.valueOf(error.getMessage()));
        }
    }

    private void again(String why) {
        if (leaving || over.future().isComplete()) {
            idle.tryComplete();
            return;
        }
        if (ending != null) {
            over.tryFail(new CallFailed("the join ended: " + ending));
            return;
        }
        if (failures == 0) {
            remote.note("the control API is away and tried again: " + why);
        }
        vertx.setTimer(BACKOFF.after(failures++, random).toMillis(), id -> context.runOnContext(go -> connect()));
    }

    private void lost(WebSocket which, String why) {
        if (which.equals(socket)) {
            socket = null;
            again(why);
        }
    }

    private void beat() {
        WebSocket to = socket;
        if (to == null) {
            return;
        }
        if (System.nanoTime() - heard > SILENCE) {
            var unused = to.close();
            lost(to, "it was silent");
        } else {
            var unused = to.writePing(Buffer.buffer("beat"));
        }
    }

    private void say(JsonObject message) {
        WebSocket to = socket;
        if (to != null) {
            var unused = to.writeTextMessage(message.encode());
        }
    }

    private void message(JsonObject message) {
        heard = System.nanoTime();
        if (message.getJsonObject("joined") != null) {
            joined(message.getJsonObject("joined"));
        } else if (message.getString("open") != null) {
            open(message.getString("open"));
        } else if (message.getString("ending") != null) {
            ending = message.getString("ending");
            if (open > 0) {
                remote.note(
                        "the join ends, what is under way has " + message.getInteger("seconds", 0) + " s: " + ending);
            }
        } else if (message.getString("ended") != null && !message.getBoolean("again", false)) {
            over.tryFail(new CallFailed("the join ended: " + message.getString("ended")));
        } else if (message.getBoolean("withdrawn", false) && open == 0) {
            idle.tryComplete();
        }
    }

    private void joined(JsonObject join) {
        id = join.getString("id");
        failures = 0;
        remote.println((joined ? "joined again: " : "joined: ") + "service " + join.getString("service") + " in lane "
                + join.getString("lane") + " is served by " + local + " (revision " + join.getLong("revision") + ")"
                + (join.getBoolean("madeLane", false) ? "; the lane is new and ends with this" : "")
                + (join.getBoolean("replaces", false) ? "; its deployment there waits until this ends" : ""));
        joined = true;
    }

    private void open(String key) {
        local.connect()
                .onComplete(done -> context.runOnContext(go -> {
                    if (done.succeeded()) {
                        carry(key, done.result());
                    } else {
                        say(new JsonObject().put("refused", key).put("why", "nothing listens at " + local));
                        unanswered();
                    }
                }));
    }

    private void unanswered() {
        unsaid++;
        if (System.nanoTime() - said >= SAID_AGAIN) {
            said = System.nanoTime();
            remote.note("nothing listens at " + local + ": " + unsaid
                    + (unsaid == 1 ? " connection was" : " connections were") + " refused, the lane falls back");
            unsaid = 0;
        }
    }

    private void carry(String key, NetSocket here) {
        open++;
        dial("/v1/joins/" + id + "/connections/" + key).onComplete(done -> {
            if (done.failed()) {
                here.resume();
                here.close();
                context.runOnContext(go -> closed());
                return;
            }
            WebSocket there = done.result();
            here.pipeTo(there).onComplete(end -> there.close());
            there.pipeTo(here).onComplete(end -> {
                here.close();
                context.runOnContext(go -> closed());
            });
        });
    }

    private void closed() {
        open--;
        if (leaving && open == 0) {
            idle.tryComplete();
        }
    }
}
