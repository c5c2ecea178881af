package io.laneway.cli.demo;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Policy;
import io.laneway.router.unit.Share;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lanes of the demo: {@code f-1} changed A, {@code f-2} and {@code bg0-1} changed B, and the gray environments
 * G0 and G1 have all three services.
 */
final class DemoTable {

    /** The services in the order in which they call each other. */
    static final List<String> SERVICES = List.of("A", "B", "C");

    /** One deployment of the demo and the port it listens on. */
    record Place(String service, String lane, int port) {}

    private static final List<String> FULL = List.of("master", "G0", "G1");

    private DemoTable() {}

    /** Every deployment, in a fixed order; {@code firstPort} and those above it, or 0 for any free ports. */
    static List<Place> places(int firstPort) {
        List<String[]> pairs = Stream.concat(
                        FULL.stream().flatMap(lane -> SERVICES.stream().map(service -> new String[] {service, lane})),
                        Stream.of(new String[] {"A", "f-1"}, new String[] {"B", "f-2"}, new String[] {"B", "bg0-1"}))
                .toList();
        return Stream.iterate(0, i -> i < pairs.size(), i -> i + 1)
                .map(i -> new Place(pairs.get(i)[0], pairs.get(i)[1], firstPort == 0 ? 0 : firstPort + i))
                .toList();
    }

    /** The table that routes to the places. */
    static LaneTable of(List<Place> places) {
        return new LaneTable(
                0,
                LaneTable.DEFAULT_BASE,
                Carriers.DEFAULT,
                Stream.of("f-1", "f-2", "bg0-1", "G0", "G1").map(Lane::named).toList(),
                SERVICES.stream().map(name -> service(name, places)).toList(),
                List.of(),
                List.of(shift()));
    }

    private static Service service(String name, List<Place> places) {
        List<Deployment> deployments = places.stream()
                .filter(place -> place.service().equals(name))
                .map(place ->
                        Deployment.of(place.lane(), Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:" + place.port()))))
                .toList();
        return new Service(ServiceId.of(name), List.of(), null, deployments, Policy.DEFAULT);
    }

    private static Shift shift() {
        return new Shift(
                Shift.DEFAULT,
                true,
                List.of(new TenantSource(TenantSource.Kind.HEADER, "x-tenant-id")),
                Stream.of("G0", "G1")
                        .map(lane -> new Environment(lane, Share.NONE, Pins.NONE, List.of()))
                        .toList());
    }
}
