package io.laneway.xds.server;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.laneway.router.source.TableServer.Control;
import io.laneway.xds.stream.Hub;
import io.laneway.xds.stream.Stream;
import io.laneway.xds.stream.Variant;
import java.util.function.Function;

/** Aggregated discovery in both variants. Safe for many threads. */
final class DiscoveryService extends AggregatedDiscoveryServiceImplBase {

    private final Hub hub;
    private final Control control;

    DiscoveryService(Hub hub, Control control) {
        this.hub = hub;
        this.control = control;
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
        return open(
                Variant.STATE_OF_THE_WORLD,
                responses,
                request -> request.getNode().getId());
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
            StreamObserver<DeltaDiscoveryResponse> responses) {
        return open(Variant.INCREMENTAL, responses, request -> request.getNode().getId());
    }

    private <Q, S> StreamObserver<Q> open(
            Variant<Q, S> variant, StreamObserver<S> responses, Function<Q, String> nodeId) {
        Caller caller = Caller.KEY.get();
        Exit<S> exit = new Exit<>(responses);
        Stream<Q> stream = hub.open(variant, exit, caller.address());
        if (responses instanceof ServerCallStreamObserver<S> call) {
            // Writing to a cancelled call throws without it; the stream's end is reported to the observer of its
            // requests.
            call.setOnCancelHandler(exit::gone);
        }
        Entrance<Q> entrance = new Entrance<>(control, caller, stream, nodeId, exit);
        exit.onFailure(entrance::end);
        return entrance;
    }
}
