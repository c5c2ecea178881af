package io.laneway.xds.server;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.laneway.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** A sidecar Envoy's incremental stream that takes everything up at once, in Envoy's order. Called by gRPC's threads, one at a time. */
final class FleetNode implements StreamObserver<DeltaDiscoveryResponse> {

    private final Node node;
    private final Queue<String> errors;
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private final AtomicLong revision = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private boolean listens;

    FleetNode(String id, List<String> services, ManagedChannel channel, Queue<String> errors) {
        ListValue.Builder names = ListValue.newBuilder();
        services.forEach(name -> names.addValues(Value.newBuilder().setStringValue(name)));
        Struct laneway = Struct.newBuilder()
                .putFields("services", Value.newBuilder().setListValue(names).build())
                .build();
        this.node = Node.newBuilder()
                .setId(id)
                .setUserAgentName("envoy")
                .setMetadata(Struct.newBuilder()
                        .putFields(
                                "laneway",
                                Value.newBuilder().setStructValue(laneway).build()))
                .build();
        this.errors = errors;
        this.requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
        subscribe(ResourceType.CLUSTER, List.of());
    }

    private void subscribe(ResourceType type, List<String> names) {
        requests.onNext(DeltaDiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(type.url())
                .addAllResourceNamesSubscribe(names)
                .build());
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
        bytes.addAndGet(response.getSerializedSize());
        DeltaDiscoveryRequest.Builder answer = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce());
        requests.onNext(answer.build());
        if (response.getTypeUrl().equals(ResourceType.CLUSTER.url())) {
            subscribe(ResourceType.ENDPOINTS, deployments(response));
            if (!listens) {
                listens = true;
                subscribe(ResourceType.LISTENER, List.of());
                subscribe(ResourceType.ROUTES, List.of("laneway"));
            }
        }
        revision.accumulateAndGet(Long.parseLong(response.getSystemVersionInfo()), Math::max);
    }

    /** Clusters of deployments have one slash, those that fall back have more. */
    private static List<String> deployments(DeltaDiscoveryResponse response) {
        List<String> names = new ArrayList<>();
        for (Resource cluster : response.getResourcesList()) {
            String name = cluster.getName();
            if (name.indexOf('/') == name.lastIndexOf('/')) {
                names.add(name);
            }
        }
        return names;
    }

    /** The newest revision of which something came. */
    long revision() {
        return revision.get();
    }

    /** Bytes of all responses. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void onError(Throwable error) {
        errors.add(node.getId() + ": " + error);
    }

    @Override
    public void onCompleted() {
        errors.add(node.getId() + ": completed");
    }
}
