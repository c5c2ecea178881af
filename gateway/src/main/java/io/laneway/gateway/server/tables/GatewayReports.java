package io.laneway.gateway.server.tables;

import io.laneway.gateway.telemetry.metrics.LaneCounts;
import io.laneway.gateway.telemetry.metrics.LaneTotals;
import io.laneway.gateway.telemetry.metrics.LostLanes;
import io.laneway.gateway.telemetry.metrics.RecordingTotals;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the control API which revision this gateway runs, at once after a change and every five seconds at least: that is
 * what {@code wait=applied} waits for. One report is on its way at a time, and the next one waits a moment after it:
 * changes meanwhile are reported together. What cannot be sent is sent with the next one. Safe for many threads; works
 * on a Vert.x event loop.
 */
final class GatewayReports implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayReports.class);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;

    /** Between two reports; twice as long after each that followed another at once: a report costs more than a change. */
    private static final long APART_MILLIS = 50;

    private static final long MOST_APART_MILLIS = 400;

    private final Vertx vertx;
    private final ControlClient client;
    private final Content content;
    private final String started =
            Long.toHexString(System.nanoTime() ^ ProcessHandle.current().pid());
    private final Context context;
    private final long timer;
    private final AtomicBoolean asked = new AtomicBoolean();
    private long apart = APART_MILLIS;
    private boolean said;
    private boolean sending;
    private boolean again;
    /** The first report has them too: what is counted from then on is known as new. */
    private volatile boolean withTotals = true;

    private boolean closed;

    /**
     * What is reported. Immutable.
     *
     * @param address of the admin interface
     * @param counts  sent with every report but those of a change
     * @param questions the kinds that it answers
     * @param unverified external listeners without jwt
     * @param shares   takes its shares of rates, by service
     */
    record Content(
            String address,
            Supplier<TableStatus> status,
            Supplier<LaneCounts> counts,
            Supplier<List<String>> questions,
            List<String> unverified,
            Consumer<Map<String, Double>> shares) {}

    GatewayReports(Vertx vertx, ControlClient client, Content content) {
        this.vertx = vertx;
        this.client = client;
        this.content = content;
        this.context = vertx.getOrCreateContext();
        this.timer = vertx.setPeriodic(client.reports().toMillis(), id -> {
            withTotals = true;
            changed();
        });
    }

    /** There is something to report. Wakes the event loop once for all that is reported together. */
    void changed() {
        if (asked.compareAndSet(false, true)) {
            context.runOnContext(go -> send());
        }
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        context.runOnContext(go -> closed = true);
    }

    private void send() {
        again = sending;
        if (sending || closed) {
            return;
        }
        asked.set(false);
        sending = true;
        client.report()
                .compose(request -> request.send(body().toBuffer()))
                .compose(this::responded)
                .onComplete(done -> context.runOnContext(go -> {
                    if (done.failed()) {
                        log.atDebug().setCause(done.cause()).log("report not delivered");
                    }
                    if (!closed) {
                        vertx.setTimer(apart, id -> sent(done.succeeded()));
                    }
                }));
    }

    /** A report that is refused is a matter of this gateway's token or its size, which time alone does not put right. */
    private Future<Void> responded(HttpClientResponse response) {
        int status = response.statusCode();
        boolean token = status == UNAUTHORIZED || status == FORBIDDEN;
        boolean refused = token || status == TOO_LARGE;
        if (refused && !said) {
            log.atWarn()
                    .addKeyValue("status", status)
                    .addKeyValue("gateway", client.self().id())
                    .log(
                            token
                                    ? "reports are refused (expected: a token of role gateway for this id)"
                                    : "reports are refused (expected: a control API that takes reports of this size)");
        }
        said = refused;
        return status == OK ? response.body().onSuccess(this::shares).mapEmpty() : response.end();
    }

    /** An older control API says nothing of shares. */
    private void shares(Buffer body) {
        try {
            JsonObject told = new JsonObject(body).getJsonObject("shares");
            Map<String, Double> shares = new HashMap<>();
            if (told != null) {
                told.fieldNames().forEach(service -> shares.put(service, told.getDouble(service)));
            }
            content.shares().accept(shares);
        } catch (DecodeException | ClassCastException e) {
            log.atDebug().setCause(e).log("shares of rates cannot be read");
        }
    }

    private void sent(boolean delivered) {
        sending = false;
        if (again && delivered) {
            apart = Math.min(2 * apart, MOST_APART_MILLIS);
            send();
        } else {
            apart = APART_MILLIS;
            asked.set(false);
        }
    }

    private JsonObject body() {
        TableStatus now = content.status().get();
        JsonObject body = new JsonObject()
                .put("version", client.self().version())
                .put("address", content.address())
                .put("started", started)
                .put("store", now.followed().store())
                .put("revision", now.followed().revision())
                .put("state", now.waiting() == null ? "following" : "source_changed");
        body.put("questions", new JsonArray(content.questions().get()));
        if (!content.unverified().isEmpty()) {
            body.put("unverified", new JsonArray(content.unverified()));
        }
        if (withTotals) {
            withTotals = false;
            body.put("lanes", lanes()).put("shed", content.counts().get().shed().getAsLong());
            JsonObject others = others();
            if (!others.isEmpty()) {
                body.put("others", others);
            }
            JsonArray used =
                    new JsonArray(List.copyOf(content.counts().get().used().get()));
            if (!used.isEmpty()) {
                body.put("used", used);
            }
            Map<String, List<String>> tenants = content.counts().get().tenants().get();
            if (!tenants.isEmpty()) {
                body.put("tenants", tenants);
            }
            JsonArray losses = losses();
            if (!losses.isEmpty()) {
                body.put("losses", losses);
            }
            JsonArray recordings = recordings();
            if (!recordings.isEmpty()) {
                body.put("recordings", recordings);
            }
        }
        return body;
    }

    private JsonObject others() {
        JsonObject others = new JsonObject();
        content.counts()
                .get()
                .others()
                .get()
                .forEach((lane, total) -> others.put(
                        lane, new JsonObject().put("requests", total.requests()).put("errors", total.errors())));
        return others;
    }

    private JsonArray losses() {
        JsonArray losses = new JsonArray();
        for (LostLanes each : content.counts().get().losses().get()) {
            losses.add(new JsonObject()
                    .put("service", each.service())
                    .put("lost", each.lost())
                    .put("restored", each.restored())
                    .put("unknown", each.unknown()));
        }
        return losses;
    }

    private JsonArray recordings() {
        JsonArray recordings = new JsonArray();
        for (RecordingTotals each : content.counts().get().recordings().get()) {
            recordings.add(new JsonObject()
                    .put("recording", each.recording())
                    .put("open", each.open())
                    .put("matched", each.matched())
                    .put("kept", each.kept())
                    .put("dropped", each.dropped()));
        }
        return recordings;
    }

    private JsonArray lanes() {
        JsonArray lanes = new JsonArray();
        for (LaneTotals total : content.counts().get().totals().get()) {
            JsonObject latency = new JsonObject();
            total.latency().forEach(latency::put);
            lanes.add(new JsonObject()
                    .put("service", total.service())
                    .put("lane", total.lane())
                    .put("requested", total.requested())
                    .put("requests", total.requests())
                    .put("errors", total.errors())
                    .put(
                            "fallbacks",
                            new JsonObject().put("unready", total.unready()).put("absent", total.absent()))
                    .put("latency", latency));
        }
        return lanes;
    }
}
