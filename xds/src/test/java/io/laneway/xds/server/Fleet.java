package io.laneway.xds.server;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** Tables of many lanes and services, where each lane has some services of its own; and changes of them. Confined to one thread. */
final class Fleet {

    /** Services of its own that a lane has. */
    private static final int OWN = 4;
    /** Prime, so that lanes spread over services. */
    private static final int STEP = 7;

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private long revision = 1;
    private int port = 10_000;

    Fleet(int laneCount, int serviceCount) {
        List<List<Deployment>> deployments = new ArrayList<>();
        for (int i = 0; i < serviceCount; i++) {
            deployments.add(new ArrayList<>(List.of(deployment("master"))));
        }
        for (int i = 0; i < laneCount; i++) {
            lanes.add(lane("f-" + i));
            for (int own = 0; own < OWN; own++) {
                deployments.get((i * OWN + own * STEP) % serviceCount).add(deployment("f-" + i));
            }
        }
        for (int i = 0; i < serviceCount; i++) {
            services.add(service("s" + i, deployments.get(i)));
        }
    }

    LaneTable table() {
        return new LaneTable(revision, "master", Carriers.DEFAULT, List.copyOf(lanes), services, List.of(), List.of());
    }

    /** The base deployment of a service moves to another address. */
    LaneTable otherEndpoint(int service) {
        Service old = services.get(service);
        List<Deployment> deployments = new ArrayList<>(old.deployments());
        deployments.set(0, deployment("master"));
        services.set(service, service(old.id().name(), deployments));
        revision++;
        return table();
    }

    /** A lane comes with one deployment of a service, or goes again. */
    LaneTable lane(int service, String name) {
        Service old = services.get(service);
        List<Deployment> deployments = new ArrayList<>(old.deployments());
        if (lanes.removeIf(lane -> lane.name().equals(name))) {
            deployments.removeIf(deployment -> deployment.lane().equals(name));
        } else {
            lanes.add(lane(name));
            deployments.add(deployment(name));
        }
        services.set(service, service(old.id().name(), deployments));
        revision++;
        return table();
    }

    private static Lane lane(String name) {
        return new Lane(name, null, LaneMode.PERMISSIVE, "", null, false, LaneState.ACTIVE);
    }

    private Deployment deployment(String lane) {
        port = port == 60_000 ? 10_000 : port + 1;
        return Deployment.of(lane, Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:" + port)));
    }

    private static Service service(String name, List<Deployment> deployments) {
        return new Service(new ServiceId(name, null), List.of(), "none", deployments, Policy.DEFAULT);
    }
}
