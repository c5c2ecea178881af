package io.laneway.benchmarks;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** Lane tables of a given size. Stateless. */
public final class Tables {

    private Tables() {}

    /** Every service is in base; the other deployments are spread evenly over lanes and services. */
    public static LaneTable of(int services, int lanes, int deployments) {
        List<Lane> laneList = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            laneList.add(Lane.named("feature-" + i));
        }
        List<Service> serviceList = new ArrayList<>();
        int each = deployments / services;
        for (int i = 0; i < services; i++) {
            List<Deployment> own = new ArrayList<>();
            own.add(deployment("master", i));
            for (int j = 1; j < each; j++) {
                own.add(deployment("feature-" + (i * 7 + (j - 1) * 160) % lanes, j));
            }
            List<String> hosts = List.of("service-" + i + ".example.com");
            serviceList.add(new Service(ServiceId.of("service-" + i), hosts, null, own, Policy.DEFAULT));
        }
        return new LaneTable(1, "master", Carriers.DEFAULT, laneList, serviceList, List.of(), List.of());
    }

    static Deployment deployment(String lane, int port) {
        return Deployment.of(lane, Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:" + (1_024 + port))));
    }
}
