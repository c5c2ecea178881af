package io.laneway.router.codec;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.recording.Redaction;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RoutePart;
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
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Policy;
import io.laneway.router.unit.ByteSize;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Tables that pass every check, different for each seed. */
public final class RandomTables {

    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "a: b",
            "- x",
            "true",
            "null",
            "12",
            "0x1F",
            "1e3",
            "~",
            "it's \"so\"",
            "ümläut ☃ 😀",
            "# no",
            "two\nlines",
            "\ttab",
            " end ",
            "\u0085",
            "{x}",
            "*a",
            "&b",
            "!t",
            "%d",
            "@e",
            "`f`",
            "a #b",
            "<<",
            "=");

    private final Random random;
    private final RandomPolicies policies;

    public RandomTables(long seed) {
        random = new Random(seed);
        policies = new RandomPolicies(random);
    }

    public LaneTable table() {
        List<Lane> lanes = some(1, 5, this::lane);
        List<Service> services = some(0, 5, i -> service(i, lanes));
        List<Route> routes = services.isEmpty() ? List.of() : some(0, 3, i -> route(i, services));
        List<Shift> shifts = List.of(shift(lanes));
        Carriers carriers = random.nextBoolean()
                ? Carriers.DEFAULT
                : new Carriers(
                        List.of("x-lane"),
                        List.of(),
                        Carriers.DEFAULT.cookie(),
                        List.of("k"),
                        List.of("a-{lane}.example.com"));
        return new LaneTable(
                random.nextInt(3),
                "master",
                carriers,
                lanes,
                services,
                routes,
                shifts,
                some(0, 3, i -> recording(i, lanes)));
    }

    Lane lane(int i) {
        Instant expiry =
                random.nextBoolean() ? null : Instant.ofEpochSecond(1_800_000_000L + random.nextInt(1_000_000));
        String parent = random.nextBoolean() ? null : i == 0 ? "master" : "lane-" + random.nextInt(i);
        return new Lane(
                "lane-" + i,
                parent,
                any(LaneMode.values()),
                text(),
                expiry,
                random.nextBoolean(),
                any(LaneState.values()));
    }

    Service service(int i, List<Lane> lanes) {
        List<Deployment> deployments = new ArrayList<>();
        for (Lane lane : lanes) {
            if (random.nextBoolean()) {
                deployments.add(deployment(lane.name()));
            }
        }
        String namespace = random.nextBoolean() ? null : "shop";
        List<String> hosts = some(0, 2, n -> (n == 0 ? "" : "*.") + "s" + i + ".example.com");
        return new Service(
                new ServiceId("s" + i, namespace),
                hosts,
                random.nextBoolean() ? null : "default",
                deployments,
                policy(deployments));
    }

    /** Calls of gRPC have no place beside deployments that speak HTTP/1.1 alone. */
    private Policy policy(List<Deployment> deployments) {
        boolean plain = deployments.stream()
                .flatMap(deployment -> deployment.ports().stream())
                .anyMatch(port -> port.protocol() == Protocol.HTTP1 || port.protocol() == Protocol.HTTPS);
        Policy policy = policies.policy();
        while (plain && policy.grpc() != null) {
            policy = policies.policy();
        }
        return policy;
    }

    private UpstreamTls tls() {
        return random.nextInt(3) > 0
                ? null
                : new UpstreamTls(
                        random.nextBoolean() ? "ca.pem" : "-----BEGIN CERTIFICATE-----\nAA==\n",
                        null,
                        some(0, 2, n -> n == 0 ? "a.example" : "spiffe://a.example/b"),
                        "c.pem",
                        "k.pem",
                        random.nextBoolean());
    }

    public Deployment deployment(String lane) {
        UpstreamTls tls = tls();
        if (random.nextBoolean()) {
            return new Deployment(lane, List.of(new Port("", Port.ANY, any(Protocol.values()), endpoints())), tls);
        }
        return new Deployment(
                lane, some(1, 3, i -> new Port("p-" + i, 9000 + i, any(Protocol.values()), endpoints(), tls())), tls);
    }

    private List<Endpoint> endpoints() {
        return some(
                0,
                3,
                i -> random.nextBoolean()
                        ? Endpoint.at("10.0.0." + i + ":80")
                        : new Endpoint(
                                "[::1]:" + (i + 1),
                                random.nextInt(4),
                                random.nextBoolean() ? "" : "z",
                                random.nextBoolean(),
                                random.nextBoolean()));
    }

    private Route route(int i, List<Service> services) {
        Supplier<ServiceId> service =
                () -> any(services.toArray(Service[]::new)).id();
        List<String> hosts = some(0, 2, n -> "r" + n + ".example.com");
        RouteMatch match = new RouteMatch(
                false,
                random.nextBoolean() ? null : "PUT",
                random.nextBoolean() ? Map.of() : Map.of("x-a", any(TEXTS.toArray(String[]::new))),
                random.nextBoolean() ? Map.of() : Map.of("q", any(TEXTS.toArray(String[]::new))),
                random.nextBoolean() ? List.of() : List.of(80, 8080),
                false,
                random.nextBoolean()
                        ? RouteExpressions.NONE
                        : new RouteExpressions(null, Map.of("x-b", "a|b"), Map.of("p", "[0-9]+")));
        return switch (random.nextInt(5)) {
            case 3 ->
                new Route(
                        hosts,
                        "/",
                        null,
                        false,
                        RouteMatch.ofTls(random.nextBoolean() ? List.of() : List.of(8443)),
                        random.nextBoolean()
                                ? RouteAction.ending(null)
                                : RouteAction.passing(
                                        List.of(
                                                new RoutePart(service.get(), 2),
                                                RoutePart.to("10.0.0.7:" + (i + 1), 1)),
                                        random.nextBoolean()));
            case 0 -> new Route(hosts, "/r" + i, service.get(), random.nextBoolean());
            case 1 ->
                new Route(
                        hosts,
                        "/r" + i,
                        null,
                        false,
                        match,
                        new RouteAction(List.of(), redirect(), null, HeaderRules.NONE, null));
            case 2 ->
                new Route(
                        hosts,
                        "/r" + i,
                        null,
                        random.nextBoolean(),
                        match,
                        action(List.of(
                                new RoutePart(
                                        service.get(),
                                        7,
                                        random.nextInt(3),
                                        null,
                                        HeaderRules.NONE,
                                        null,
                                        random.nextBoolean() ? null : new Rewrite("b.example", null, null)),
                                new RoutePart(service.get(), 0),
                                RoutePart.response(500, random.nextInt(3)))));
            default -> new Route(hosts, "/r" + i, service.get(), false, match, action(List.of()));
        };
    }

    private RouteAction action(List<RoutePart> parts) {
        Rewrite rewrite = random.nextBoolean() ? null : new Rewrite("h.example.com", null, null);
        return new RouteAction(
                parts,
                null,
                rewrite,
                HeaderRules.NONE,
                random.nextBoolean() ? null : Duration.ofSeconds(3),
                random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(2000)),
                List.of(),
                random.nextBoolean() ? null : new Access(random.nextBoolean()),
                random.nextBoolean()
                        ? null
                        : new Cors(
                                List.of("https://*.example.com"),
                                List.of("*"),
                                List.of("x-a"),
                                random.nextBoolean(),
                                Duration.ofSeconds(5),
                                List.of("x-b"),
                                random.nextBoolean()),
                random.nextBoolean() ? null : "f-1",
                null,
                false);
    }

    private Redirect redirect() {
        return new Redirect(
                random.nextBoolean() ? 302 : 307,
                random.nextBoolean() ? null : "https",
                random.nextBoolean() ? null : "to.example.com",
                random.nextBoolean() ? null : 8443,
                null,
                random.nextBoolean() ? null : "/p");
    }

    Shift shift(List<Lane> lanes) {
        List<Environment> environments = new ArrayList<>();
        int next = 0;
        for (Lane lane : lanes) {
            int share = random.nextInt(1500);
            List<SlotRange> slots = share == 0 ? List.of() : List.of(new SlotRange(next, next + share - 1));
            next += share;
            Pins pins =
                    random.nextBoolean() ? Pins.NONE : new Pins(List.of("in " + lane.name(), "true"), List.of("out"));
            pins = environments.isEmpty() ? pins : Pins.NONE;
            environments.add(new Environment(
                    lane.name(),
                    new Share(share),
                    pins,
                    random.nextInt(4) == 0 ? null : slots,
                    requests(environments.size() * 800)));
        }
        List<TenantSource> sources = some(1, 3, this::source);
        return new Shift("default", random.nextBoolean(), sources, environments);
    }

    Recording recording(int i, List<Lane> lanes) {
        Instant until = Instant.ofEpochSecond(1_900_000_000L + random.nextInt(1_000_000));
        return new Recording(
                "recording-" + i,
                random.nextBoolean() ? null : new ServiceId("s" + i, random.nextBoolean() ? null : "shop"),
                random.nextBoolean() ? null : any(lanes.toArray(Lane[]::new)).name(),
                random.nextBoolean() ? null : "t" + text(),
                random.nextBoolean() ? null : "/" + text().replaceAll("[\\s#]", "-"),
                new Share(1 + random.nextInt(Share.SLOTS)),
                random.nextBoolean() ? null : until.minusSeconds(1 + random.nextInt(10_000)),
                until,
                random.nextBoolean() ? Recording.DEFAULT_MAX : new ByteSize(1 + random.nextInt(1 << 30)),
                random.nextBoolean() ? Recording.DEFAULT_BODIES : new ByteSize(random.nextInt(1 << 20)),
                random.nextBoolean(),
                random.nextBoolean()
                        ? Redaction.DEFAULT
                        : new Redaction(
                                some(0, 2, n -> "x" + text()),
                                some(0, 2, n -> "x" + text()),
                                some(0, 2, n -> "x" + text()),
                                some(0, 2, n -> "$..a" + n),
                                some(0, 2, n -> "x" + text())));
    }

    private SlotShare requests(int first) {
        int share = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(800);
        List<SlotRange> slots = share == 0 ? List.of() : List.of(new SlotRange(first, first + share - 1));
        return new SlotShare(new Share(share), random.nextBoolean() ? null : slots);
    }

    private TenantSource source(int i) {
        TenantSource.Kind kind = any(TenantSource.Kind.values());
        return new TenantSource(kind, kind == TenantSource.Kind.HOST ? "{tenant}.t" + i + ".example.com" : "t-" + i);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> some(int least, int most, IntFunction<T> make) {
        return IntStream.range(0, least + random.nextInt(most - least + 1))
                .mapToObj(make)
                .toList();
    }
}
