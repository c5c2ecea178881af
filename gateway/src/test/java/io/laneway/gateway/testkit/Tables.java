package io.laneway.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds small lane tables for tests: services by name, reached by host {@code NAME.test}. */
public final class Tables {

    private final Map<String, Map<String, List<Endpoint>>> services = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private Policy policy = Policy.DEFAULT;
    private long revision = 1;
    private Protocol protocol = Protocol.AUTO;
    private UpstreamTls tls;

    /** The table of a document without a problem, in YAML. */
    public static LaneTable read(String yaml) {
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(yaml.getBytes(StandardCharsets.UTF_8), "table.yaml", problems);
        assertThat(problems.list()).isEmpty();
        return table;
    }

    /** One service {@code a} (host {@code a.test}) whose base lane has these local ports. */
    public static LaneTable one(int... ports) {
        return new Tables().service("a", "master", ports).build();
    }

    /** As {@link #one(int...)}, spoken to in one protocol. */
    public static LaneTable one(Protocol protocol, int... ports) {
        return new Tables().protocol(protocol).service("a", "master", ports).build();
    }

    /** What all deployments speak. */
    public Tables protocol(Protocol protocol) {
        this.protocol = protocol;
        return this;
    }

    /** How TLS is spoken to all deployments. */
    public Tables tls(UpstreamTls tls) {
        this.tls = tls;
        return this;
    }

    /** Adds a service in a lane with endpoints on local ports. */
    public Tables service(String name, String lane, int... ports) {
        return service(
                name,
                lane,
                Arrays.stream(ports)
                        .mapToObj(port -> Endpoint.at("127.0.0.1:" + port))
                        .toArray(Endpoint[]::new));
    }

    public Tables service(String name, String lane, Endpoint... endpoints) {
        services.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(lane, List.of(endpoints));
        return this;
    }

    /** Adds a lane below the base lane. */
    public Tables lane(String name, LaneMode mode) {
        lanes.add(new Lane(name, "master", mode, "", null, false, LaneState.ACTIVE));
        return this;
    }

    public Tables lane(String name) {
        return lane(name, LaneMode.PERMISSIVE);
    }

    public Tables route(String path, String service, boolean strip) {
        routes.add(new Route(List.of(), path, ServiceId.of(service), strip));
        return this;
    }

    /** The policy of all services. */
    public Tables policy(Policy policy) {
        this.policy = policy;
        return this;
    }

    public Tables revision(long revision) {
        this.revision = revision;
        return this;
    }

    public LaneTable build() {
        List<Service> built = new ArrayList<>();
        services.forEach((name, deployments) -> {
            List<Deployment> each = new ArrayList<>();
            deployments.forEach((lane, endpoints) -> each.add(new Deployment(
                    lane, Deployment.of(lane, protocol, endpoints).ports(), tls)));
            built.add(new Service(ServiceId.of(name), List.of(name + ".test"), null, each, policy));
        });
        return new LaneTable(revision, "master", Carriers.DEFAULT, lanes, built, routes, List.of());
    }
}
