package io.laneway.gateway.server.tables;

import io.laneway.router.background.Backoff;
import io.laneway.router.part.Interest;
import io.laneway.router.source.TableListener;
import io.laneway.router.source.TableSource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table as the control API publishes it: a watch that is begun again, after a jittered pause, when it breaks or
 * is silent, from the revision that was delivered last. Bytes arrive on Vert.x's event loop, events are read on the
 * table thread; state is confined to the table thread.
 */
final class ControlSource implements TableSource {

    private static final Logger log = LoggerFactory.getLogger(ControlSource.class);

    /** The control API says something every 15 s; after three times that in silence the connection is dead. */
    static final Duration SILENCE = Duration.ofSeconds(45);

    private static final int NOT_FOUND = 404;
    private static final int NO_SUCH_METHOD = 405;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

    private final Vertx vertx;
    private final Context context;
    private final ControlClient client;
    private final Executor tableThread;
    private final Supplier<FollowedTable> followed;
    private final Consumer<byte[]> questions;
    private final RandomGenerator random;
    private final Duration silence;
    private @Nullable WatchEvents events;
    private @Nullable TableListener listener;
    private @Nullable HttpConnection connection;
    private final @Nullable FollowedNames names;
    private int attempt;
    private int failures;
    private boolean opening;
    private boolean part;
    private boolean wholeOnly;
    private boolean refused;
    private volatile boolean closed;

    /**
     * @param questions takes the data of events that are questions
     * @param followed what the holder has when the source starts, such as the last known good table
     * @param names    what is followed of the table, null for all
     * @param silence  after which a connection is given up
     */
    ControlSource(
            Vertx vertx,
            ControlClient client,
            Executor tableThread,
            Supplier<FollowedTable> followed,
            Consumer<byte[]> questions,
            @Nullable FollowedNames names,
            RandomGenerator random,
            Duration silence) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.tableThread = tableThread;
        this.followed = followed;
        this.questions = questions;
        this.names = names;
        this.random = random;
        this.silence = silence;
    }

    @Override
    public String name() {
        return "control " + client.uri();
    }

    @Override
    public void start(TableListener to) {
        tableThread.execute(() -> {
            FollowedTable has = followed.get();
            listener = to;
            events = new WatchEvents(to, has.store(), has.store().isEmpty() ? 0 : has.revision());
            part = has.part();
            if (names != null) {
                if (has.part()) {
                    names.keep(has.table());
                }
                names.onWider(() -> tableThread.execute(this::widen));
            }
            connect();
        });
    }

    /** The listener holds what the changed store offers; the watch itself continues. */
    @Override
    public CompletionStage<Void> accept() {
        return CompletableFuture.completedStage(null);
    }

    /** Asks for the whole table. */
    @Override
    public void resync() {
        tableThread.execute(() -> {
            if (events != null) {
                events.restart();
            }
            hangUp();
        });
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private void connect() {
        WatchEvents state = events;
        if (closed || state == null) {
            return;
        }
        int mine = ++attempt;
        opening = true;
        Interest interest = names == null || wholeOnly ? null : names.wanted();
        String store = state.store();
        // what leads on from a part leads nowhere from the whole table
        long from = part ? 0 : state.revision();
        context.runOnContext(go -> watch(store, from, interest, mine));
    }

    /** More is to be followed: the watch is begun again; the one before is left when this one stands. */
    private void widen() {
        if (opening || names == null) {
            return;
        }
        if (!part && (wholeOnly || names.wanted() == null)) {
            names.answered(null);
        } else {
            connect();
        }
    }

    /** On the context's event loop: handlers set from another thread could miss the first bytes of a quick response. */
    private void watch(String store, long from, @Nullable Interest interest, int mine) {
        (interest == null
                        ? client.watch(store, from).compose(HttpClientRequest::send)
                        : client.watchPart(store, interest))
                .onSuccess(response -> opened(response, interest, mine))
                .onFailure(error -> lost(mine, String.valueOf(error.getMessage())));
    }

    /** On the context's event loop. */
    private void opened(HttpClientResponse response, @Nullable Interest interest, int mine) {
        HttpConnection its = response.request().connection();
        if (interest != null && (response.statusCode() == NOT_FOUND || response.statusCode() == NO_SUCH_METHOD)) {
            its.close();
            tableThread.execute(() -> {
                if (mine == attempt) {
                    wholeOnly = true;
                    connect();
                }
            });
            return;
        }
        if (response.statusCode() != 200) {
            its.close();
            refused(response.statusCode());
            lost(mine, "answered " + response.statusCode() + " " + response.statusMessage());
            return;
        }
        refused = false;
        EventParser parser =
                new EventParser((name, data) -> tableThread.execute(() -> event(mine, interest, name, data)));
        long[] heard = {System.nanoTime()};
        long watchdog = vertx.setPeriodic(Math.max(silence.toMillis() / 4, 1), id -> {
            if (System.nanoTime() - heard[0] > silence.toNanos()) {
                its.close();
            }
        });
        response.exceptionHandler(error -> lost(mine, String.valueOf(error.getMessage())));
        response.endHandler(end -> lost(mine, "ended"));
        its.closeHandler(end -> {
            vertx.cancelTimer(watchdog);
            lost(mine, "connection closed");
        });
        response.handler(bytes -> {
            heard[0] = System.nanoTime();
            try {
                parser.bytes(bytes.getBytes());
            } catch (IllegalStateException e) {
                its.close();
            }
        });
        tableThread.execute(() -> connected(mine, interest, its));
    }

    /** On the context's event loop. Asking again does not help before the token is changed, so it is said once. */
    private void refused(int status) {
        if ((status == 401 || status == 403) && !refused) {
            refused = true;
            log.atWarn()
                    .addKeyValue("control", client.uri())
                    .addKeyValue("status", status)
                    .log("the control API refuses this gateway's token; the table is not followed");
        }
    }

    private void connected(int mine, @Nullable Interest interest, HttpConnection its) {
        if (closed || mine != attempt || listener == null || events == null) {
            its.close();
            return;
        }
        if (connection != null) {
            connection.close();
        }
        connection = its;
        events.part(interest != null);
        listener.connected(true, name());
        opening = names != null && (interest != null || part);
        if (names != null) {
            if (!opening) {
                names.answered(null);
            }
            names.connected(true);
        }
    }

    /** The table that was asked for is in place once what was handed to the listener is done. */
    private void answered(int mine, @Nullable Interest interest) {
        if (names == null || mine != attempt) {
            return;
        }
        opening = false;
        names.answered(interest);
        if (interest != null && !interest.equals(names.wanted())) {
            connect();
        }
    }

    private void event(int mine, @Nullable Interest interest, String name, byte[] data) {
        if (mine != attempt || events == null) {
            return;
        }
        failures = 0;
        if (name.equals("snapshot")) {
            part = interest != null;
        }
        if (name.equals("question")) {
            questions.accept(data);
        } else if (!events.event(name, data)) {
            hangUp();
        } else if (opening) {
            tableThread.execute(() -> answered(mine, interest));
        }
    }

    private void hangUp() {
        if (connection != null) {
            connection.close();
        }
    }

    /** Any thread; the first to say so for this attempt counts. */
    private void lost(int mine, String why) {
        tableThread.execute(() -> {
            if (mine != attempt || closed || listener == null) {
                return;
            }
            attempt++;
            connection = null;
            opening = true;
            wholeOnly = false;
            listener.connected(false, why);
            if (names != null) {
                names.connected(false);
            }
            vertx.setTimer(BACKOFF.after(failures++, random).toMillis(), id -> tableThread.execute(this::connect));
        });
    }
}
