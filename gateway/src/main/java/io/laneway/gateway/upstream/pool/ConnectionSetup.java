package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.http1.ClientConnection;
import io.laneway.gateway.protocol.http2.Http2ClientConnection;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/**
 * The steps from an open connection to one that takes requests: for HTTP/2 the settings of its endpoint, within
 * the policy's time for connecting. What goes wrong here is a matter of protocol. Confined to one event loop.
 */
final class ConnectionSetup {

    private final Loop loop;
    private final UpstreamTransport transport;

    ConnectionSetup(Loop loop, UpstreamTransport transport) {
        this.loop = loop;
        this.transport = transport;
    }

    /** Sets up a connection and reports to the pool how it went. */
    void begin(ConnectTarget pool, Channel channel) {
        if (pool.wire().multiplexed()) {
            new Preface(pool, channel).begin();
            return;
        }
        ClientConnection connection = new ClientConnection(loop, transport.http1(), pool, channel);
        channel.pipeline().addLast(connection);
        pool.connected(connection);
    }

    /** A connection that has sent the preface of HTTP/2 and waits for the endpoint's (RFC 9113 section 3.4). */
    private final class Preface extends TimerEntry implements Http2ClientConnection.Outcome {
        private final ConnectTarget pool;
        private final Channel channel;
        private boolean over;

        Preface(ConnectTarget pool, Channel channel) {
            this.pool = pool;
            this.channel = channel;
        }

        void begin() {
            var unused =
                    channel.closeFuture().addListener((ChannelFutureListener) closed -> fail(Failure.HTTP2_CLOSED));
            loop.deadline(this, pool.settings().policy().timeouts().connect().toNanos());
            channel.pipeline()
                    .addLast(new Http2ClientConnection(
                            loop, transport.http2(), pool.wire().secure(), pool, this));
        }

        @Override
        public void ready(Http2ClientConnection connection) {
            if (!over) {
                end();
                pool.problem("");
                pool.connected(connection);
            }
        }

        @Override
        public void failed(Failure why) {
            fail(why);
        }

        @Override
        protected void expired() {
            fail(Failure.HTTP2_SILENT);
        }

        private void fail(Failure failure) {
            if (!over) {
                end();
                pool.failed(failure);
                var unused = channel.close();
                loop.flushes().flush();
            }
        }

        private void end() {
            over = true;
            loop.wheel().forget(this);
        }
    }
}
