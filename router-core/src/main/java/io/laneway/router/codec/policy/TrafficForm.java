package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.EnumWord;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of the parts of a policy that bound traffic: time-outs, retries, limits, rate. */
final class TrafficForm {

    /** What {@code retries: off} means. */
    static final Retries NO_RETRIES = new Retries(0, Set.of(), Retries.Methods.IDEMPOTENT, 20, null, false);

    private static final int MAX = Integer.MAX_VALUE;

    private TrafficForm() {}

    static @Nullable Timeouts timeouts(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Duration connect = timeout(fields, "connect", Timeouts.DEFAULT.connect());
        Duration request = timeout(fields, "request", Timeouts.DEFAULT.request());
        Duration idle = timeout(fields, "idle", Timeouts.DEFAULT.idle());
        Duration maxStreamAge = timeout(fields, "maxStreamAge", Timeouts.DEFAULT.maxStreamAge());
        Duration total = timeout(fields, "total", Timeouts.DEFAULT.total());
        int minRate = fields.isOff("minRate") ? 0 : fields.integer("minRate", 0, MAX, Timeouts.DEFAULT.minRate());
        return fields.build(() -> new Timeouts(connect, request, idle, maxStreamAge, total, minRate));
    }

    private static Duration timeout(Fields fields, String key, Duration fallback) {
        return fields.isOff(key) ? Duration.ZERO : fields.duration(key, fallback);
    }

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

    static @Nullable Limits limits(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int maxConnections = limit(fields, "maxConnections");
        int maxPending = limit(fields, "maxPending");
        int maxRequests = limit(fields, "maxRequests");
        return fields.build(() -> new Limits(maxConnections, maxPending, maxRequests));
    }

    private static int limit(Fields fields, String key) {
        return fields.isOff(key) ? 0 : fields.integer(key, 0, MAX, 0);
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
