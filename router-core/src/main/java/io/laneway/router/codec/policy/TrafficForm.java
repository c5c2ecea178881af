package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.EnumWord;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of the parts of a policy that bound traffic: time-outs, retries, limits, rate. */
final class TrafficForm {

    /** What {@code retries: off} means. */
    static final Retries NO_RETRIES = new Retries(0, Set.of(), Retries.Methods.IDEMPOTENT, 20, null, false);

    private static final int MAX = Integer.MAX_VALUE;

    private static final Type<Duration> TIMEOUT = Types.DURATION.orOff(Duration.ZERO);
    private static final Type<Integer> LIMIT = Types.integer(0, MAX).orOff(0);

    private static final Key<Timeouts, Duration> CONNECT =
            Key.optional("connect", TIMEOUT, Timeouts::connect).or(Timeouts.DEFAULT.connect());
    private static final Key<Timeouts, Duration> REQUEST =
            Key.optional("request", TIMEOUT, Timeouts::request).or(Timeouts.DEFAULT.request());
    private static final Key<Timeouts, Duration> IDLE =
            Key.optional("idle", TIMEOUT, Timeouts::idle).or(Timeouts.DEFAULT.idle());
    private static final Key<Timeouts, Duration> MAX_STREAM_AGE =
            Key.optional("maxStreamAge", TIMEOUT, Timeouts::maxStreamAge).or(Timeouts.DEFAULT.maxStreamAge());
    private static final Key<Timeouts, Duration> TOTAL =
            Key.optional("total", TIMEOUT, Timeouts::total).or(Timeouts.DEFAULT.total());
    private static final Key<Timeouts, Integer> MIN_RATE = Key.optional("minRate", LIMIT, Timeouts::minRate)
            .or(Timeouts.DEFAULT.minRate())
            .doc("Bytes a second");

    static final Form<Timeouts> TIMEOUTS = Form.of(
            "",
            read -> new Timeouts(
                    read.of(CONNECT),
                    read.of(REQUEST),
                    read.of(IDLE),
                    read.of(MAX_STREAM_AGE),
                    read.of(TOTAL),
                    read.of(MIN_RATE)),
            List.of(CONNECT, REQUEST, IDLE, MAX_STREAM_AGE, TOTAL, MIN_RATE));

    private static final Key<Limits, Integer> MAX_CONNECTIONS =
            Key.optional("maxConnections", LIMIT, Limits::maxConnections).or(0);
    private static final Key<Limits, Integer> MAX_PENDING =
            Key.optional("maxPending", LIMIT, Limits::maxPending).or(0);
    private static final Key<Limits, Integer> MAX_REQUESTS =
            Key.optional("maxRequests", LIMIT, Limits::maxRequests).or(0);

    static final Form<Limits> LIMITS = Form.of(
            "",
            read -> new Limits(read.of(MAX_CONNECTIONS), read.of(MAX_PENDING), read.of(MAX_REQUESTS)),
            List.of(MAX_CONNECTIONS, MAX_PENDING, MAX_REQUESTS));

    private TrafficForm() {}

    static @Nullable Retries retries(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Retries otherwise = Retries.DEFAULT;
        int max = fields.integer("max", 0, 100, otherwise.max());
        Set<Retries.On> on = fields.words("on", Retries.On.values(), Retries.On::word, otherwise.on());
        Retries.Methods methods = fields.word("methods", Retries.Methods.values(), EnumWord::of, otherwise.methods());
        int budget = fields.percent("budget", otherwise.budget());
        Duration perTryTimeout = fields.optionalDuration("perTryTimeout");
        boolean crossLane = fields.bool("crossLane", otherwise.crossLane());
        return fields.build(() -> new Retries(max, on, methods, budget, perTryTimeout, crossLane));
    }

    static @Nullable Rate rate(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int requests = fields.integer("requests", 1, MAX);
        Duration per = fields.duration("per", Duration.ofSeconds(1));
        int burst = fields.integer("burst", 1, MAX, requests);
        String key = fields.text("key");
        String header =
                key.startsWith("header:") ? key.substring("header:".length()).strip() : "";
        Rate.Key kind = rateKey(fields, key, header);
        return fields.build(() -> new Rate(requests, per, burst, kind, header));
    }

    private static Rate.Key rateKey(Fields fields, String key, String header) {
        for (Rate.Key kind : Rate.Key.values()) {
            if (kind != Rate.Key.HEADER && EnumWord.of(kind).equals(key)) {
                return kind;
            }
        }
        if (header.isEmpty() && !key.isEmpty()) {
            fields.problem("key", "'" + key + "'", "tenant, lane, source or header:<name>");
        }
        return Rate.Key.HEADER;
    }
}
