package io.laneway.control.guard;

import io.laneway.control.gateways.Measure;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What base did for one service while it had requests: what a guard compares with once it has few. Immutable.
 *
 * @param p99 in ms, 0 if it is not known
 */
public record Baseline(long requests, double errorRate, double p99) {

    private static final double SURE = 2.33;

    public static Baseline of(Measure base) {
        double p99 = base.latency().quantile(0.99);
        return new Baseline(base.requests(), base.errorRate(), Double.isNaN(p99) ? 0 : p99);
    }

    /** The place of a base of which no request was ever seen: it errs as often as it may. */
    static Baseline allowed(Guard guard) {
        Double limit = guard.errorLimit();
        return new Baseline(1_000_000, limit == null ? 1 : limit, 0);
    }

    /** A share of errors that base's own is below, sure to 99 % (Wilson's interval). */
    double bound() {
        double n = Math.max(1, requests);
        double z = SURE * SURE / n;
        double middle = errorRate + z / 2;
        double width = SURE * Math.sqrt(errorRate * (1 - errorRate) / n + z / (4 * n));
        return (middle + width) / (1 + z);
    }

    public JsonObject json() {
        return new JsonObject()
                .put("requests", requests)
                .put("errorRate", errorRate)
                .put("p99", p99);
    }

    /** Reads what is kept; an older program kept the share of errors alone, of at least 100 requests. */
    public static @Nullable Baseline read(Node node, Problems problems) {
        if (!(node instanceof Mapping)) {
            Double rate = decimal(node, problems);
            return rate == null ? null : new Baseline(100, rate, 0);
        }
        Fields fields = Fields.of(node, problems);
        long requests = fields.number("requests", 0, Long.MAX_VALUE, 0);
        Double rate = fields.optionalObject("errorRate", Baseline::decimal);
        Double p99 = fields.optionalObject("p99", Baseline::decimal);
        return fields.build(() -> new Baseline(requests, rate == null ? 0 : rate, p99 == null ? 0 : p99));
    }

    private static @Nullable Double decimal(Node node, Problems problems) {
        String text = Values.scalar(node, problems);
        return text == null ? null : Double.valueOf(text);
    }
}
