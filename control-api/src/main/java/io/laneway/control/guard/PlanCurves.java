package io.laneway.control.guard;

import io.laneway.control.gateways.Measure;
import io.laneway.control.guard.Verdict.OfService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The figures of a plan's services since it began, so that a curve has its past: a point every {@value #EVERY_MS} ms, and
 * when {@value #MOST_POINTS} are full, every second one goes and half as many come. Not safe for several threads.
 */
public final class PlanCurves {

    static final int MOST_POINTS = 360;
    static final int MOST_SERVICES = 50;
    static final long EVERY_MS = 5_000;

    private static final double RATE = 1e6;
    private static final double MILLIS = 1e3;

    private final List<Point> points = new ArrayList<>();
    private long every = EVERY_MS;

    /** What services were like at one time, by their ids. Immutable. */
    private record Point(long at, Map<String, Sides> services) {}

    /** Figures of the environment and of base, NaN for unknown. Immutable. */
    private record Sides(double errors, double baseErrors, double p99, double baseP99) {

        static Sides of(OfService one) {
            return new Sides(
                    errors(one.environment()),
                    errors(one.base()),
                    one.environment().latency().quantile(0.99),
                    one.base().latency().quantile(0.99));
        }

        private static double errors(Measure measure) {
            return measure.requests() == 0 ? Double.NaN : measure.errorRate();
        }
    }

    /** Takes a verdict, unless the last one was a moment ago. */
    void add(long now, Verdict verdict) {
        if (!points.isEmpty() && now - points.get(points.size() - 1).at() < every) {
            return;
        }
        if (points.size() == MOST_POINTS) {
            thin();
        }
        Map<String, Sides> services = new HashMap<>();
        verdict.services().stream().limit(MOST_SERVICES).forEach(one -> services.put(one.service(), Sides.of(one)));
        points.add(new Point(now, Map.copyOf(services)));
    }

    private void thin() {
        for (int at = points.size() - 1; at > 0; at -= 2) {
            points.remove(at);
        }
        every *= 2;
    }

    /** As the API shows them: for each service as many values as there are times, null where one is unknown. */
    public JsonObject json() {
        JsonArray times = new JsonArray();
        TreeSet<String> names = new TreeSet<>();
        points.forEach(point -> {
            times.add(Instant.ofEpochMilli(point.at()).toString());
            names.addAll(point.services().keySet());
        });
        JsonArray services = new JsonArray();
        names.forEach(name -> services.add(service(name)));
        return new JsonObject().put("times", times).put("services", services);
    }

    private JsonObject service(String name) {
        JsonArray errors = new JsonArray();
        JsonArray baseErrors = new JsonArray();
        JsonArray p99 = new JsonArray();
        JsonArray baseP99 = new JsonArray();
        for (Point point : points) {
            Sides sides = point.services().get(name);
            add(errors, sides == null ? Double.NaN : sides.errors(), RATE);
            add(baseErrors, sides == null ? Double.NaN : sides.baseErrors(), RATE);
            add(p99, sides == null ? Double.NaN : sides.p99(), MILLIS);
            add(baseP99, sides == null ? Double.NaN : sides.baseP99(), MILLIS);
        }
        return new JsonObject()
                .put("service", name)
                .put("errorRate", errors)
                .put("baseErrorRate", baseErrors)
                .put("p99", p99)
                .put("baseP99", baseP99);
    }

    private static void add(JsonArray to, double value, double precision) {
        if (Double.isFinite(value)) {
            to.add(Math.rint(value * precision) / precision);
        } else {
            to.addNull();
        }
    }
}
