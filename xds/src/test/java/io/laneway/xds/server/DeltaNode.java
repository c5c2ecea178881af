package io.laneway.xds.server;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.laneway.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An Envoy's side of one incremental stream, by hand: what comes is looked at and then taken up, or refused. */
final class DeltaNode implements StreamObserver<DeltaDiscoveryResponse>, AutoCloseable {

    private final ManagedChannel channel;
    private final Node node;
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private final BlockingQueue<DeltaDiscoveryResponse> responses = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

    DeltaNode(String id, int port, Metadata headers, List<String> services) {
        this(id, "127.0.0.1:" + port, InsecureChannelCredentials.create(), headers, services);
    }

    DeltaNode(String id, String target, ChannelCredentials credentials, Metadata headers, List<String> services) {
        Struct.Builder metadata = Struct.newBuilder();
        Value.Builder names = Value.newBuilder();
        services.forEach(
                name -> names.getListValueBuilder().addValues(Value.newBuilder().setStringValue(name)));
        Struct laneway = services.isEmpty()
                ? Struct.getDefaultInstance()
                : Struct.newBuilder().putFields("services", names.build()).build();
        metadata.putFields("laneway", Value.newBuilder().setStructValue(laneway).build());
        node = Node.newBuilder()
                .setId(id)
                .setUserAgentName("envoy")
                .setMetadata(metadata)
                .build();
        channel = Grpc.newChannelBuilder(target, credentials).build();
        requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .deltaAggregatedResources(this);
    }

    /** Wants these resources, all where none is named. */
    void subscribe(ResourceType type, String... names) {
        requests.onNext(DeltaDiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(type.url())
                .addAllResourceNamesSubscribe(List.of(names))
                .build());
    }

    /** Wants all resources, of which it has some from a stream before, by their versions. */
    void resume(ResourceType type, Map<String, String> versions) {
        requests.onNext(DeltaDiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(type.url())
                .putAllInitialResourceVersions(versions)
                .build());
    }

    /** The next response, taken up. */
    DeltaDiscoveryResponse taken() throws InterruptedException {
        DeltaDiscoveryResponse response = next();
        requests.onNext(answer(response).build());
        return response;
    }

    /** Takes up whatever has come. */
    void takeAll() {
        for (DeltaDiscoveryResponse each = responses.poll(); each != null; each = responses.poll()) {
            requests.onNext(answer(each).build());
        }
    }

    /** Refuses the next response. */
    DeltaDiscoveryResponse refused(String why) throws InterruptedException {
        DeltaDiscoveryResponse response = next();
        requests.onNext(answer(response)
                .setErrorDetail(Status.newBuilder().setCode(13).setMessage(why))
                .build());
        return response;
    }

    DeltaDiscoveryResponse next() throws InterruptedException {
        DeltaDiscoveryResponse response = responses.poll(20, TimeUnit.SECONDS);
        if (response == null) {
            throw new AssertionError("no response; errors: " + errors);
        }
        return response;
    }

    Throwable error() throws InterruptedException {
        Throwable error = errors.poll(20, TimeUnit.SECONDS);
        if (error == null) {
            throw new AssertionError("no error; responses: " + responses.size());
        }
        return error;
    }

    private static DeltaDiscoveryRequest.Builder answer(DeltaDiscoveryResponse response) {
        return DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce());
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable error) {
        errors.add(error);
    }

    @Override
    public void onCompleted() {
        errors.add(new IllegalStateException("completed"));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
