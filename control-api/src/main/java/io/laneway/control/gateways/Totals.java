package io.laneway.control.gateways;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway counted of one service in one lane since it started. Immutable.
 *
 * @param lane      the lane that served
 * @param requested the lane that was asked for or assigned; empty for none
 * @param errors    responses of 500 and above
 * @param fallbacks null where the gateway is too old to say
 * @param latency   requests by the upper bound of their time in ms; {@code +Inf} for the rest
 */
public record Totals(
        String service,
        String lane,
        String requested,
        long requests,
        long errors,
        @Nullable Fallbacks fallbacks,
        Map<String, Long> latency) {

    /** As a gateway reports that does not count fallbacks. */
    public Totals(
            String service, String lane, String requested, long requests, long errors, Map<String, Long> latency) {
        this(service, lane, requested, requests, errors, null, latency);
    }

    public Totals {
        latency = Map.copyOf(latency);
    }

    /** Requests that the requested lane did not serve. An older gateway says it by the lane that did. */
    public long fallen() {
        boolean elsewhere =
                !requested.isEmpty() && !lane.isEmpty() && !Slug.of(lane).equals(Slug.of(requested));
        return fallbacks != null ? fallbacks.unready() + fallbacks.absent() : elsewhere ? requests : 0;
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("service", service)
                .put("lane", lane)
                .put("requested", requested)
                .put("requests", requests)
                .put("errors", errors)
                .put("latency", new JsonObject(new LinkedHashMap<>(latency)));
        return fallbacks == null ? json : json.put("fallbacks", fallbacks.json());
    }

    Series series() {
        return new Series(service, lane, requested);
    }

    static @Nullable Totals read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String service = fields.text("service");
        String lane = fields.text("lane", "");
        String requested = fields.text("requested", "");
        long requests = fields.number("requests", 0, Long.MAX_VALUE, 0);
        long errors = fields.number("errors", 0, Long.MAX_VALUE, 0);
        Fallbacks fallbacks = fields.has("fallbacks") ? fields.optionalObject("fallbacks", Fallbacks::read) : null;
        Map<String, Long> latency = fields.map("latency", Totals::count);
        return fields.build(() -> new Totals(service, lane, requested, requests, errors, fallbacks, latency));
    }

    /** What asked for a lane, whose name is the key. */
    static @Nullable Totals readAsked(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        long requests = fields.number("requests", 0, Long.MAX_VALUE, 0);
        long errors = fields.number("errors", 0, Long.MAX_VALUE, 0);
        return fields.build(() -> new Totals("", "", "", requests, errors, null, Map.of()));
    }

    /** Those of lanes by their names. */
    static List<Totals> named(Map<String, Totals> others) {
        return others.entrySet().stream()
                .map(one -> new Totals(
                        "",
                        "",
                        one.getKey(),
                        one.getValue().requests(),
                        one.getValue().errors(),
                        null,
                        Map.of()))
                .toList();
    }

    private static @Nullable Long count(Node node, Problems problems) {
        return Values.number(node, 0, Long.MAX_VALUE, problems);
    }
}
