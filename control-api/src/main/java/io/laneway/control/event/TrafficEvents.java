package io.laneway.control.event;

import io.laneway.control.gateways.ServiceLane;
import io.laneway.control.overview.LaneFacts;
import io.laneway.control.overview.RowWriter;
import io.laneway.control.overview.TableIndex;
import io.laneway.control.overview.TableIndexes;
import io.laneway.control.traffic.Count;
import io.laneway.control.traffic.FlowSum;
import io.laneway.control.traffic.Slots;
import io.laneway.control.traffic.TrafficView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Says what passed, of the lanes and services whose numbers are others than those it said last: the busiest where there
 * are too many. Confined to the hub's thread.
 */
final class TrafficEvents implements EventSource {

    private static final int MOST_LANES = 300;
    private static final int MOST_SERVICES = 800;
    private static final String REQUESTS = "requests";
    private static final String ERRORS = "errors";

    private final TableIndexes tables;
    private final Supplier<TrafficView> traffic;
    private final Clock clock;
    private Map<String, JsonObject> lanes = new HashMap<>();
    private Map<String, JsonObject> services = new HashMap<>();

    TrafficEvents(TableIndexes tables, Supplier<TrafficView> traffic, Clock clock) {
        this.tables = tables;
        this.traffic = traffic;
        this.clock = clock;
    }

    @Override
    public void begin() {
        TrafficView passed = traffic.get();
        lanes = lanes(passed);
        services = services(passed);
    }

    @Override
    public void look(Emitter out) {
        TrafficView passed = traffic.get();
        Map<String, JsonObject> lanesNow = lanes(passed);
        Map<String, JsonObject> servicesNow = services(passed);
        List<JsonObject> changedLanes = changed(lanes, lanesNow, slug -> silent("lane", slug));
        List<JsonObject> changedServices = changed(services, servicesNow, id -> silent("service", id));
        lanes = lanesNow;
        services = servicesNow;
        int more = Math.max(0, changedLanes.size() - MOST_LANES) + Math.max(0, changedServices.size() - MOST_SERVICES);
        TableIndex table = tables.now();
        JsonArray shown = new JsonArray();
        changedLanes.stream()
                .limit(MOST_LANES)
                .forEach(lane -> shown.add(lane.copy().put("recent", recent(lane, table, passed))));
        out.emit(
                "traffic",
                new JsonObject()
                        .put("at", Instant.ofEpochMilli(clock.millis()).toString())
                        .put("window", Slots.WINDOW_SECONDS)
                        .put("slot", passed.slot())
                        .put("settling", passed.settling())
                        .put("lanes", shown)
                        .put(
                                "services",
                                new JsonArray(changedServices.stream()
                                        .limit(MOST_SERVICES)
                                        .toList()))
                        .put("more", more));
    }

    private static JsonArray recent(JsonObject lane, TableIndex table, TrafficView passed) {
        LaneFacts facts = table.lanes().get(lane.getString("lane"));
        return (facts == null ? FlowSum.NONE : RowWriter.asked(facts, passed)).recent();
    }

    private static JsonObject silent(String key, String name) {
        JsonObject entry = new JsonObject().put(key, name).put(REQUESTS, 0).put(ERRORS, 0);
        return key.equals("lane") ? entry.put("fallbacks", 0).put("served", 0).put("services", new JsonArray()) : entry;
    }

    private static List<JsonObject> changed(
            Map<String, JsonObject> before,
            Map<String, JsonObject> now,
            java.util.function.Function<String, JsonObject> silent) {
        List<JsonObject> changed = new ArrayList<>();
        new TreeMap<>(now).forEach((name, entry) -> {
            if (!entry.equals(before.get(name))) {
                changed.add(entry);
            }
        });
        before.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> changed.add(silent.apply(name)));
        changed.sort(Comparator.comparingLong((JsonObject entry) -> entry.getLong(REQUESTS))
                .reversed());
        return changed;
    }

    /** The lanes of the table for which something asked, or which served. */
    private Map<String, JsonObject> lanes(TrafficView passed) {
        TableIndex table = tables.now();
        Map<String, JsonArray> cells = cells(passed);
        Set<String> slugs = new TreeSet<>(passed.asked().keySet());
        slugs.addAll(passed.served().keySet());
        slugs.add(table.base().slug());
        Map<String, JsonObject> lanesNow = new HashMap<>();
        for (String slug : slugs) {
            LaneFacts facts = table.lanes().get(slug);
            if (facts != null) {
                FlowSum sum = RowWriter.asked(facts, passed);
                Count served = passed.served(slug);
                if (sum.requests() + served.requests() > 0) {
                    JsonObject entry = new JsonObject()
                            .put("lane", slug)
                            .put(REQUESTS, sum.requests())
                            .put(ERRORS, sum.errors())
                            .put("fallbacks", sum.fallbacks())
                            .put("served", served.requests())
                            .put(
                                    "services",
                                    facts.base() ? new JsonArray() : cells.getOrDefault(slug, new JsonArray()));
                    lanesNow.put(slug, sum.times(entry));
                }
            }
        }
        return lanesNow;
    }

    private static Map<String, JsonArray> cells(TrafficView passed) {
        Map<String, JsonArray> cells = new HashMap<>();
        Comparator<ServiceLane> order = Comparator.comparing(ServiceLane::lane).thenComparing(ServiceLane::service);
        passed.deployments().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(order))
                .forEach(one -> cells.computeIfAbsent(one.getKey().lane(), lane -> new JsonArray())
                        .add(new JsonObject()
                                .put("service", one.getKey().service())
                                .put(REQUESTS, one.getValue().requests())
                                .put(ERRORS, one.getValue().errors())));
        return cells;
    }

    private static Map<String, JsonObject> services(TrafficView passed) {
        Map<String, JsonObject> servicesNow = new HashMap<>();
        passed.services()
                .forEach((id, sum) -> servicesNow.put(
                        id,
                        sum.times(new JsonObject()
                                .put("service", id)
                                .put(REQUESTS, sum.requests())
                                .put(ERRORS, sum.errors()))));
        return servicesNow;
    }
}
