package io.laneway.control.traffic;

import io.laneway.control.gateways.ServiceLane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The requests of the minute before a moment, summed up. Immutable.
 *
 * @param version  grows with each report
 * @param slot     the newest slot, which is not over
 * @param settling how many of the newest slots may still grow
 * @param asked    by the slug of the lane asked for, empty for none
 * @param services by the service's identity
 * @param served   by the slug of the lane that served
 * @param deployments by service and the slug of the lane that served
 */
public record TrafficView(
        long version,
        long slot,
        int settling,
        Map<String, FlowSum> asked,
        Map<String, FlowSum> services,
        Map<String, Count> served,
        Map<ServiceLane, Count> deployments,
        List<Cell> cells) {

    /** The requests for a service that asked for one lane, and by which lanes they were served. Immutable. */
    public record Cell(String service, String asked, FlowSum sum, Map<String, Count> servedBy) {}

    static TrafficView of(long version, long slot, int settling, Consumer<BiConsumer<FlowKey, Flow>> flows) {
        Map<String, FlowSum.Building> asked = new HashMap<>();
        Map<String, FlowSum.Building> services = new HashMap<>();
        Map<String, Count> served = new HashMap<>();
        Map<ServiceLane, Count> deployments = new HashMap<>();
        Map<ServiceLane, FlowSum.Building> sums = new HashMap<>();
        Map<ServiceLane, Map<String, Count>> servedBy = new HashMap<>();
        flows.accept((key, flow) -> {
            ServiceLane cell = new ServiceLane(key.service(), key.asked());
            flow.addTo(asked.computeIfAbsent(key.asked(), lane -> new FlowSum.Building()), slot);
            if (key.askedAlone()) {
                return;
            }
            flow.addTo(services.computeIfAbsent(key.service(), service -> new FlowSum.Building()), slot);
            flow.addTo(sums.computeIfAbsent(cell, one -> new FlowSum.Building()), slot);
            Count count = flow.count(slot);
            served.merge(key.served(), count, Count::plus);
            deployments.merge(new ServiceLane(key.service(), key.served()), count, Count::plus);
            servedBy.computeIfAbsent(cell, one -> new TreeMap<>()).merge(key.served(), count, Count::plus);
        });
        List<Cell> cells = new ArrayList<>(sums.size());
        sums.forEach((cell, sum) ->
                cells.add(new Cell(cell.service(), cell.lane(), sum.done(), servedBy.getOrDefault(cell, Map.of()))));
        return new TrafficView(version, slot, settling, done(asked), done(services), served, deployments, cells);
    }

    private static Map<String, FlowSum> done(Map<String, FlowSum.Building> sums) {
        Map<String, FlowSum> done = new HashMap<>(2 * sums.size());
        sums.forEach((name, sum) -> done.put(name, sum.done()));
        return done;
    }

    /** What asked for a lane. */
    public FlowSum asked(String slug) {
        return asked.getOrDefault(slug, FlowSum.NONE);
    }

    /** What was for a service. */
    public FlowSum service(String id) {
        return services.getOrDefault(id, FlowSum.NONE);
    }

    /** What a lane's deployments served. */
    public Count served(String slug) {
        return served.getOrDefault(slug, Count.NONE);
    }

    /** What the deployment of a service in a lane served. */
    public Count deployment(String service, String slug) {
        return deployments.getOrDefault(new ServiceLane(service, slug), Count.NONE);
    }
}
