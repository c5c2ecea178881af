package io.laneway.gateway.protocol.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.StreamByteDistributor;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of one connection's streams: it sees what each has waiting and each window that changes, and wakes the writers
 * that were refused. Confined to one event loop.
 *
 * <p>Netty's own account of writability sets the bytes that wait on all streams against the connection's window, so that
 * streams whose peers do not read stall the others. Here a stream is refused for what waits on itself, or while no
 * stream can send: the channel is full, or the connection's window is used up. Netty reports each change to the
 * distributor, which is where it is heard without a promise or an object for each frame.
 */
final class StreamOutputs implements StreamByteDistributor, StreamOutput.Gate {

    private final Http2Connection connection;
    private final Http2Connection.PropertyKey key;
    private final StreamByteDistributor distributor;
    private final ArrayDeque<StreamOutput> ready = new ArrayDeque<>(2);
    private boolean blocked;

    StreamOutputs(Http2Connection connection) {
        this.connection = connection;
        this.key = connection.newKey();
        this.distributor = new UniformStreamByteDistributor(connection);
    }

    /** Makes the output of a stream, for its end in this process. */
    StreamOutput open(Http2Stream stream, StreamEnd end) {
        StreamOutput output = new StreamOutput(this, stream, end);
        stream.setProperty(key, output);
        return output;
    }

    /** The end of a stream, null if none was {@linkplain #open opened}. */
    @Nullable
    StreamEnd end(Http2Stream stream) {
        StreamOutput output = output(stream);
        return output == null ? null : output.end();
    }

    private @Nullable StreamOutput output(Http2Stream stream) {
        return stream.getProperty(key);
    }

    @Override
    public int window(Http2Stream stream) {
        return flow().windowSize(stream);
    }

    private Http2RemoteFlowController flow() {
        return connection.remote().flowController();
    }

    @Override
    public boolean isOpen() {
        Http2RemoteFlowController flow = flow();
        boolean open = flow.channelHandlerContext().channel().isWritable()
                && flow.windowSize(connection.connectionStream()) > 0;
        blocked |= !open;
        return open;
    }

    @Override
    public void ready(StreamOutput output) {
        ready.add(output);
    }

    /** Wakes those who were refused and have room now. To be called after each flush. */
    void wake() throws Http2Exception {
        if (blocked && isOpen()) {
            blocked = false;
            connection.forEachActiveStream(stream -> {
                StreamOutput output = output(stream);
                if (output != null) {
                    output.changed();
                }
                return true;
            });
        }
        StreamOutput output = ready.poll();
        for (int n = ready.size(); output != null; n--) {
            output.wake();
            output = n > 0 ? ready.poll() : null;
        }
    }

    @Override
    public void updateStreamableBytes(StreamState state) {
        distributor.updateStreamableBytes(state);
        StreamOutput output = output(state.stream());
        if (output != null) {
            output.changed(state);
        }
    }

    @Override
    public void updateDependencyTree(int child, int parent, short weight, boolean exclusive) {
        distributor.updateDependencyTree(child, parent, weight, exclusive);
    }

    @Override
    public boolean distribute(int maxBytes, Writer writer) throws Http2Exception {
        return distributor.distribute(maxBytes, writer);
    }
}
