package io.laneway.control.join;

import io.laneway.control.table.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that a joiner keeps: by it the joiner is asked for a connection of its own for each one of a gateway, and
 * each side finds out when the other is gone. Safe for many threads.
 */
final class JoinSession {

    private static final Logger log = LoggerFactory.getLogger(JoinSession.class);

    /** Each side says something so often, and takes the other for gone after three times that. */
    static final long BEAT_MS = 5_000;

    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(3 * BEAT_MS);
    private static final long ANSWER_MS = 10_000;

    /** What is under way has so long, in milliseconds, where a join ends that its joiner did not leave. */
    static final long GRACE_MS = 10_000;

    private static final int MAX_WAITING = 1_024;
    private static final int MAX_OPEN = 8_192;
    private static final int KEY_BYTES = 16;
    private static final int MAX_WHY = 300;

    private final Join join;
    private final ServerWebSocket socket;
    private final Context context;
    private final Connections connections;
    private final Map<String, Promise<ServerWebSocket>> waiting = new ConcurrentHashMap<>();
    private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean laneSeen = new AtomicBoolean();
    private volatile long heard = System.nanoTime();
    private final List<Runnable> lefts = new CopyOnWriteArrayList<>();
    private volatile Runnable leaves = () -> {};
    private volatile @Nullable String ending;

    JoinSession(Join join, ServerWebSocket socket, Context context, Connections connections) {
        this.join = join;
        this.socket = socket;
        this.context = context;
        this.connections = connections;
    }

    /**
     * Begins to hear. On the context's event loop.
     *
     * @param leaves is run when the joiner says that it will go
     * @param left   is run once when it is gone
     */
    void start(Runnable leaves, Runnable left) {
        this.leaves = leaves;
        whenOver(left);
        long timer = context.owner().setPeriodic(BEAT_MS, id -> beat());
        socket.pongHandler(pong -> heard = System.nanoTime());
        socket.textMessageHandler(this::message);
        socket.exceptionHandler(error -> log.atDebug().setCause(error).log("connection of a joiner"));
        socket.closeHandler(closed -> {
            context.owner().cancelTimer(timer);
            over();
        });
        if (socket.isClosed()) {
            over();
        }
    }

    /** Is run once when the joiner is gone, at once if it is. */
    void whenOver(Runnable task) {
        lefts.add(task);
        if (over.get()) {
            once(task);
        }
    }

    private void once(Runnable task) {
        if (lefts.remove(task)) {
            task.run();
        }
    }

    Join join() {
        return join;
    }

    /** Whether the table has its lane, or had it before: one that is there for the join alone cannot be deleted from it. */
    boolean sawLane(boolean now) {
        if (now) {
            laneSeen.set(true);
        }
        return laneSeen.get();
    }

    int openConnections() {
        return open.size();
    }

    /** Says something to the joiner. */
    void say(JsonObject message) {
        if (!over.get()) {
            var unused = socket.writeTextMessage(message.encode());
        }
    }

    /**
     * Ends it once no connection is open, at the latest after {@link #GRACE_MS}; from now on the joiner is asked for none.
     * Does nothing where it ends already.
     */
    void drain(String why) {
        if (isEnding()) {
            return;
        }
        ending = why;
        say(new JsonObject().put("ending", why).put("seconds", TimeUnit.MILLISECONDS.toSeconds(GRACE_MS)));
        long timer = context.owner().setTimer(GRACE_MS, id -> end(why));
        whenOver(() -> context.owner().cancelTimer(timer));
        List.copyOf(waiting.keySet()).forEach(key -> fail(key, why));
        drained();
    }

    private void drained() {
        String why = ending;
        if (why != null && open.isEmpty()) {
            end(why);
        }
    }

    /** Whether it has ended, or does as soon as nothing is under way. */
    boolean isEnding() {
        return ending != null || over.get();
    }

    /** Ends it at once, and says why. */
    void end(String why) {
        end(why, false);
    }

    /** @param again whether the joiner may come again at once */
    void end(String why, boolean again) {
        if (over.get()) {
            return;
        }
        say(new JsonObject().put("ended", why).put("again", again));
        var unused = socket.close();
        over();
    }

    private void beat() {
        if (System.nanoTime() - heard > SILENCE) {
            log.atWarn().addKeyValue("join", join.subject()).log("a joiner is silent and taken for gone");
            over();
            var unused = socket.close();
        } else {
            var unused = socket.writePing(Buffer.buffer("beat"));
        }
    }

    private void message(String text) {
        heard = System.nanoTime();
        try {
            JsonObject message = new JsonObject(text);
            String refused = message.getString("refused");
            if (refused != null) {
                String why = message.getString("why", "");
                fail(refused, why.substring(0, Math.min(why.length(), MAX_WHY)));
            } else if (message.getBoolean("leave", false)) {
                leaves.run();
            }
        } catch (DecodeException | ClassCastException e) {
            end("a message that cannot be read (expected: a JSON object)");
        }
    }

    /** Asks the joiner for a connection; fails when it refuses, does not answer or is gone. */
    Future<ServerWebSocket> ask() {
        if (over.get()) {
            return Future.failedFuture(gone("it left"));
        }
        String why = ending;
        if (why != null) {
            return Future.failedFuture(gone(why));
        }
        if (waiting.size() >= MAX_WAITING || open.size() >= MAX_OPEN) {
            return Future.failedFuture(new Refusal(
                    Refusal.Kind.TOO_MANY,
                    join.subject() + ": as many connections are open or asked for as can be (" + MAX_OPEN + ", "
                            + MAX_WAITING + ")"));
        }
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String key = HexFormat.of().formatHex(bytes);
        Promise<ServerWebSocket> asked = Promise.promise();
        waiting.put(key, asked);
        say(new JsonObject().put("open", key));
        long timer = context.owner().setTimer(ANSWER_MS, id -> fail(key, "it did not answer"));
        if (over.get()) {
            fail(key, "it left");
        }
        return asked.future().onComplete(done -> {
            waiting.remove(key);
            context.owner().cancelTimer(timer);
            if (done.failed()) {
                connections.failed();
            }
        });
    }

    private void fail(String key, String why) {
        Promise<ServerWebSocket> asked = waiting.remove(key);
        if (asked != null) {
            asked.tryFail(gone(why));
        }
    }

    private NotReached gone(String why) {
        return new NotReached("the machine that serves " + join.subject() + " was not reached: " + why);
    }

    /** Whether a connection was asked for by this key. */
    boolean asked(String key) {
        return waiting.containsKey(key);
    }

    /** The connection that was asked for by a key is there; false if nothing waits for it any more. */
    boolean came(String key, ServerWebSocket with) {
        Promise<ServerWebSocket> asked = waiting.remove(key);
        return asked != null && asked.tryComplete(with);
    }

    /**
     * A connection is handed on from now on.
     *
     * @param end ends it; safe for many threads
     * @return to be run once it has ended
     */
    Runnable begin(Runnable end) {
        open.add(end);
        connections.opened();
        if (over.get()) {
            end.run();
        }
        return () -> {
            if (open.remove(end)) {
                connections.closed();
                drained();
            }
        };
    }

    private void over() {
        if (over.compareAndSet(false, true)) {
            List.copyOf(waiting.keySet()).forEach(key -> fail(key, "it left"));
            List.copyOf(open).forEach(Runnable::run);
            lefts.forEach(this::once);
        }
    }
}
