package io.laneway.xds.server;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.xds.XdsNameResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxyless client: grpc-java's own xDS, with {@code xds:///target} under a scheme of its own for its bootstrap. */
final class XdsChannel implements AutoCloseable {

    private static final Metadata.Key<String> LANE = Metadata.Key.of("trace-branch", Metadata.ASCII_STRING_MARSHALLER);

    private final NameResolverProvider provider;
    private final ManagedChannel channel;

    private XdsChannel(NameResolverProvider provider, ManagedChannel channel) {
        this.provider = provider;
        this.channel = channel;
    }

    static XdsChannel to(String target, int xdsPort, String node) {
        Map<String, Object> bootstrap = Map.of(
                "xds_servers",
                List.of(Map.of(
                        "server_uri",
                        "127.0.0.1:" + xdsPort,
                        "channel_creds",
                        List.of(Map.of("type", "insecure")),
                        "server_features",
                        List.of("xds_v3"))),
                "node",
                Map.of("id", node));
        NameResolverProvider provider = XdsNameResolverProvider.createForTest("xds-" + node, bootstrap);
        NameResolverRegistry.getDefaultRegistry().register(provider);
        return new XdsChannel(
                provider,
                Grpc.newChannelBuilder("xds-" + node + ":///" + target, InsecureChannelCredentials.create())
                        .build());
    }

    /** Who answers a call for a lane; an empty one is none. */
    String who(String lane) {
        Metadata headers = new Metadata();
        if (!lane.isEmpty()) {
            headers.put(LANE, lane);
        }
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                Texts.WHO,
                options,
                "who?");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        NameResolverRegistry.getDefaultRegistry().deregister(provider);
    }
}
