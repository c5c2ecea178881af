package io.laneway.control.webhook;

import io.laneway.control.store.NoticeRows;
import io.laneway.control.store.NoticeRows.NoticeRow;
import io.laneway.control.store.database.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to webhooks, and again to those that were away or busy. What is not taken yet is kept in the store, {@value #KEPT}
 * messages at most, so another process sends it when this one is gone: each message at least once, and rarely twice. Safe
 * for many threads; waits for the store and not for webhooks.
 */
public final class Webhooks {

    /** How long to wait before each further try. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30));

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final int KEPT = 1_000;
    private static final int AT_ONCE = 20;

    /** Longer than a try may take. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    /** A replica with another configuration may know a webhook that this one does not. */
    private static final Duration UNKNOWN = Duration.ofMinutes(10);

    private static final Duration UNKNOWN_KEPT = Duration.ofDays(1);

    private final Map<String, Webhook> hooks;
    private final NoticeRows rows;
    private final Clock clock;
    private final List<Duration> pauses;
    private final WebhookCall call = new WebhookCall();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** With the usual pauses. */
    public Webhooks(List<Webhook> hooks, NoticeRows rows, Clock clock) {
        this(hooks, rows, clock, PAUSES);
    }

    public Webhooks(List<Webhook> hooks, NoticeRows rows, Clock clock, List<Duration> pauses) {
        this.hooks = hooks.stream().collect(Collectors.toMap(Webhook::key, Function.identity(), (a, b) -> a));
        this.rows = rows;
        this.clock = clock;
        this.pauses = List.copyOf(pauses);
    }

    /** Sends a message to every webhook; a store that cannot keep it does not keep it from being sent once. */
    public void send(Notice message) {
        if (hooks.isEmpty()) {
            return;
        }
        long now = clock.millis();
        List<NoticeRow> all = new ArrayList<>();
        hooks.forEach((key, hook) -> {
            String body = message.json(hook.form()).encode();
            String id = UUID.randomUUID().toString();
            underWay.add(id);
            all.add(new NoticeRow(id, key, message.event(), message.subject(), body, now, now + CLAIM.toMillis(), 1));
        });
        keep(all);
        all.forEach(row -> hooks.computeIfPresent(row.hook(), (key, hook) -> attempt(hook, row)));
    }

    private void keep(List<NoticeRow> all) {
        try {
            int dropped = rows.add(all, KEPT);
            if (dropped > 0) {
                log.atWarn()
                        .addKeyValue("messages", dropped)
                        .log("webhooks are too far behind, oldest messages dropped");
            }
        } catch (StoreException e) {
            log.atWarn().setCause(e).log("messages to webhooks cannot be kept, sent once");
        }
    }

    /** Sends what is due again, this process's own and what others left. */
    public void again() {
        if (hooks.isEmpty()) {
            return;
        }
        long now = clock.millis();
        for (NoticeRow row : rows.due(now, AT_ONCE)) {
            Webhook hook = hooks.get(row.hook());
            if (hook == null) {
                unknown(row, now);
            } else if (underWay.add(row.id())) {
                claim(hook, row, now + CLAIM.toMillis());
            }
        }
    }

    private void claim(Webhook hook, NoticeRow row, long until) {
        boolean ours = false;
        try {
            ours = rows.claim(row, until);
        } finally {
            if (!ours) {
                underWay.remove(row.id());
            }
        }
        if (ours) {
            attempt(hook, row.claimed(until));
        }
    }

    private void unknown(NoticeRow row, long now) {
        if (now - row.at() > UNKNOWN_KEPT.toMillis()) {
            rows.done(row.id());
        } else {
            rows.later(row.id(), now + UNKNOWN.toMillis());
        }
    }

    private Webhook attempt(Webhook hook, NoticeRow row) {
        CompletableFuture<WebhookCall.@Nullable Trouble> sent = call.send(hook, row.body(), clock.millis());
        sent.whenComplete((trouble, failure) -> {
            try {
                settle(hook, row, failure == null ? trouble : WebhookCall.Trouble.of(failure));
            } catch (StoreException e) {
                log.atWarn().setCause(e).log("what became of a message to a webhook cannot be kept, it may come twice");
            } finally {
                underWay.remove(row.id());
            }
        });
        return hook;
    }

    private void settle(Webhook hook, NoticeRow row, WebhookCall.@Nullable Trouble trouble) {
        boolean again = trouble != null && trouble.passing() && row.tries() <= pauses.size();
        if (trouble != null) {
            log.atWarn()
                    .addKeyValue("host", hook.url().getHost())
                    .addKeyValue("subject", row.subject())
                    .addKeyValue("event", row.event())
                    .addKeyValue("problem", trouble.what())
                    .addKeyValue("again", again)
                    .log("webhook did not take the message");
        }
        if (again) {
            rows.later(row.id(), clock.millis() + pauses.get(row.tries() - 1).toMillis());
        } else {
            rows.done(row.id());
        }
    }
}
