package io.laneway.xds.server;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A service of gRPC that answers with the lane that it was started for. */
final class LaneServer implements AutoCloseable {

    private final Server server;

    private LaneServer(Server server) {
        this.server = server;
    }

    static LaneServer start(String lane) throws IOException {
        ServerServiceDefinition who = ServerServiceDefinition.builder("test.Lanes")
                .addMethod(Texts.WHO, ServerCalls.asyncUnaryCall((request, response) -> {
                    response.onNext(lane);
                    response.onCompleted();
                }))
                .build();
        return new LaneServer(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(who)
                .build()
                .start());
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
