package io.laneway.xds.resource;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Policy;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tables of lanes, services and shifts, different for each seed, with changes of all kinds between them. */
final class Tables {

    static final List<String> NAMES = List.of("f-1", "G0", "Feature-X", "ümläut", "a.b", "x+y", "long");

    private final Random random;
    private final SomeRoutes routes;
    private final @Nullable SomePolicies policies;

    Tables(long seed) {
        this(seed, false);
    }

    /** @param rules whether policies have what filters do */
    Tables(long seed, boolean rules) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        routes = new SomeRoutes(random);
        policies = rules ? new SomePolicies(random) : null;
    }

    LaneTable first() {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            services.add(service(i));
        }
        return new LaneTable(1, "master", carriers(), lanes(), services, routes.some(services), shifts());
    }

    /** The same table with one part of it made again. */
    LaneTable next(LaneTable table) {
        List<Service> services = new ArrayList<>(table.services());
        int kind = random.nextInt(11);
        int place = random.nextInt(services.size());
        if (kind < 5) {
            services.set(place, otherEndpoints(services.get(place)));
        } else if (kind < 8) {
            services.set(place, service(place));
        }
        return new LaneTable(
                table.revision() + 1,
                "master",
                table.carriers(),
                kind == 8 ? lanes() : table.lanes(),
                services,
                kind == 10 ? routes.some(services) : table.routes(),
                kind == 9 ? shifts() : table.shifts());
    }

    private Carriers carriers() {
        List<String> hosts = List.of("s1-{lane}.example.com", "{lane}.s2.net", "{lane}.s1.shop", "free.{lane}.org");
        return switch (random.nextInt(3)) {
            case 0 -> Carriers.DEFAULT;
            case 1 -> new Carriers(List.of("X-Lane"), List.of("lane"), List.of(), List.of(), List.of());
            default ->
                new Carriers(List.of("X-Lane"), List.of("lane"), List.of("lane", "trace-branch"), List.of("l"), hosts);
        };
    }

    private List<Lane> lanes() {
        List<Lane> lanes = new ArrayList<>();
        for (String name : NAMES) {
            String parent = lanes.isEmpty() || random.nextBoolean()
                    ? null
                    : lanes.get(random.nextInt(lanes.size())).name();
            lanes.add(new Lane(
                    name,
                    parent,
                    random.nextInt(4) == 0 ? LaneMode.STRICT : LaneMode.PERMISSIVE,
                    "",
                    null,
                    false,
                    random.nextInt(5) == 0 ? LaneState.EXPIRED : LaneState.ACTIVE));
        }
        return lanes;
    }

    private Service service(int i) {
        List<Deployment> deployments = new ArrayList<>();
        if (random.nextInt(8) > 0) {
            deployments.add(deployment("master"));
        }
        for (String name : NAMES) {
            if (random.nextInt(3) == 0) {
                deployments.add(deployment(name));
            }
        }
        ServiceId id = new ServiceId("s" + (i % 3), i % 2 == 0 ? null : "shop");
        List<String> hosts = random.nextBoolean() ? List.of() : List.of("S" + i + ".example.com", "*.s" + i + ".net");
        return new Service(
                id,
                hosts,
                random.nextBoolean() ? "gray" : "none",
                deployments,
                policies == null ? Policy.DEFAULT : policies.some());
    }

    private Deployment deployment(String lane) {
        Protocol protocol = List.of(Protocol.values()).get(random.nextInt(Protocol.values().length));
        UpstreamTls tls = random.nextInt(9) == 0 ? UpstreamTls.DEFAULT : null;
        List<Port> ports = random.nextInt(5) == 0
                ? List.of(
                        new Port("web", 8080, Protocol.HTTP1, endpoints()),
                        new Port("calls", 9000, Protocol.H2C, endpoints()))
                : List.of(new Port("", Port.ANY, random.nextInt(5) == 0 ? protocol : Protocol.AUTO, endpoints()));
        return new Deployment(lane, ports, tls);
    }

    private Service otherEndpoints(Service service) {
        List<Deployment> deployments = new ArrayList<>(service.deployments());
        if (!deployments.isEmpty()) {
            int place = random.nextInt(deployments.size());
            Deployment old = deployments.get(place);
            Port port = old.ports().get(0);
            deployments.set(
                    place,
                    new Deployment(
                            old.lane(),
                            List.of(new Port(port.name(), port.number(), port.protocol(), endpoints())),
                            old.tls()));
        }
        return new Service(service.id(), service.hosts(), service.shift(), deployments, service.policy());
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        String host = random.nextInt(12) == 0 ? "host.example" : "127.0.0.1";
        for (int i = random.nextInt(3); i >= 0; i--) {
            endpoints.add(new Endpoint(
                    host + ":" + (9000 + random.nextInt(900) * 10 + i),
                    random.nextInt(4) == 0 ? random.nextInt(3) * 1_000_000_000 : 1,
                    random.nextBoolean() ? "" : "zone-a",
                    random.nextInt(3) > 0,
                    random.nextInt(6) == 0));
        }
        return endpoints;
    }

    private List<Shift> shifts() {
        boolean some = random.nextBoolean();
        return List.of(new Shift(
                "gray",
                random.nextInt(3) > 0,
                List.of(
                        new TenantSource(TenantSource.Kind.HEADER, "X-Tenant"),
                        new TenantSource(TenantSource.Kind.QUERY, "tenant")),
                List.of(new Environment(
                        "G0",
                        some ? Share.parse("20%") : Share.NONE,
                        Pins.NONE,
                        some ? List.of(new SlotRange(0, 1999)) : List.of()))));
    }
}
