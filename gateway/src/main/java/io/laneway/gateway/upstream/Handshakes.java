package io.laneway.gateway.upstream;

import io.laneway.gateway.http1.ClientConnection;
import io.laneway.gateway.http2.EndpointConnection;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Timed;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.ResponseSink;
import io.laneway.gateway.tls.HandshakeFailures;
import io.laneway.gateway.tls.ServerNames;
import io.laneway.router.model.UpstreamTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What lies between a connection that stands and one that takes requests: TLS and the settings of HTTP/2, within the
 * time that the policy allows for connecting. Confined to one event loop.
 */
final class Handshakes {

    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

    private final Loop loop;
    private final Upstreams.Ways ways;

    Handshakes(Loop loop, Upstreams.Ways ways) {
        this.loop = loop;
        this.ways = ways;
    }

    /** Goes on with a connection, and tells the pool how it went. */
    void begin(EndpointPool pool, Channel channel) {
        if (pool.wire() == Wire.HTTP1) {
            ready(pool, channel);
            return;
        }
        begin(new PoolAttempt(pool, channel));
    }

    /** Goes on with a connection that becomes a tunnel for one who waits: through TLS, if its deployment speaks that. */
    void tunnel(EndpointPool pool, Channel channel, Waiting waiting) {
        TunnelAttempt attempt = new TunnelAttempt(pool, channel, waiting);
        if (pool.wire().secure()) {
            begin(attempt);
        } else {
            attempt.stands();
        }
    }

    private void begin(Attempt attempt) {
        EndpointPool pool = attempt.pool;
        var unused = attempt.channel.closeFuture().addListener((ChannelFutureListener)
                closed -> attempt.fail(Failure.CONNECT));
        loop.deadline(
                attempt, pool.cluster().cluster().policy().timeouts().connect().toNanos());
        if (pool.wire().secure()) {
            secure(attempt);
        } else {
            attempt.stands();
        }
    }

    private void ready(EndpointPool pool, Channel channel) {
        ClientConnection connection = new ClientConnection(loop, ways.http1(), pool, channel);
        channel.pipeline().addLast(connection);
        pool.connected(connection);
    }

    /** Contexts are made from files, so elsewhere. */
    private void secure(Attempt attempt) {
        UpstreamTls configured = attempt.pool.cluster().cluster().settings().tls();
        UpstreamTls tls = configured == null ? UpstreamTls.DEFAULT : configured;
        boolean multiplexed = attempt.multiplexed();
        var unused = ways.tls()
                .context(tls, multiplexed, ways.names().threads())
                .whenCompleteAsync(
                        (context, failure) -> {
                            if (failure != null) {
                                attempt.failTls("our own files for it are not usable", message(failure));
                            } else {
                                shakeHands(attempt, tls, context);
                            }
                            loop.flushes().flush();
                        },
                        loop.eventLoop());
    }

    private void shakeHands(Attempt attempt, UpstreamTls tls, SslContext context) {
        HostPort address = Objects.requireNonNull(attempt.pool.endpoint().hostPort());
        String name = ServerNames.withoutDot(Objects.requireNonNullElse(tls.serverName(), address.host()));
        SslHandler handler = context.newHandler(attempt.channel.alloc(), name, address.port());
        handler.setHandshakeTimeoutMillis(0);
        attempt.channel.pipeline().addLast(handler);
        var unused = handler.handshakeFuture().addListener(done -> {
            if (!done.isSuccess()) {
                attempt.failTls(HandshakeFailures.reason(done.cause()), "");
            } else if (attempt.multiplexed()
                    && !ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol())) {
                attempt.failTls("it does not offer h2 by ALPN", "");
            } else if (!attempt.over) {
                attempt.pool.tlsProblem("");
                attempt.stands();
            }
            loop.flushes().flush();
        });
    }

    private static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    /** One connection on its way. */
    private abstract class Attempt extends Timed {
        final EndpointPool pool;
        final Channel channel;
        boolean over;

        Attempt(EndpointPool pool, Channel channel) {
            this.pool = pool;
            this.channel = channel;
        }

        /** Whether it is to speak HTTP/2. */
        abstract boolean multiplexed();

        /** The connection stands, and TLS on it if there is to be any. */
        abstract void stands();

        abstract void failed(Failure failure);

        @Override
        protected void expired() {
            fail(Failure.CONNECT_TIMEOUT);
        }

        boolean done() {
            boolean first = !over;
            over = true;
            loop.wheel().forget(this);
            return first;
        }

        void fail(Failure failure) {
            if (done()) {
                failed(failure);
                var unused = channel.close();
                loop.flushes().flush();
            }
        }

        /** The detail is for us alone: it may name files. */
        void failTls(String reason, String detail) {
            if (!over) {
                pool.cluster().stats().tlsFailures.increment();
                boolean known = pool.tlsProblem(reason);
                LOG.atLevel(known ? Level.DEBUG : Level.WARN)
                        .addKeyValue("endpoint", pool.endpoint().address())
                        .addKeyValue("reason", reason)
                        .addKeyValue("detail", detail)
                        .log("no TLS with an upstream");
                fail(Failure.tls(reason));
            }
        }
    }

    /** One that will carry requests. */
    private final class PoolAttempt extends Attempt implements EndpointConnection.Outcome {

        PoolAttempt(EndpointPool pool, Channel channel) {
            super(pool, channel);
        }

        @Override
        boolean multiplexed() {
            return pool.wire().multiplexed();
        }

        @Override
        void stands() {
            if (multiplexed()) {
                channel.pipeline()
                        .addLast(new EndpointConnection(
                                loop, ways.http2(), pool.wire().secure(), pool, this));
            } else if (done()) {
                Handshakes.this.ready(pool, channel);
            }
        }

        @Override
        public void ready(EndpointConnection connection) {
            if (done()) {
                pool.connected(connection);
            }
        }

        @Override
        public void failed() {
            fail(Failure.CONNECT);
        }

        @Override
        void failed(Failure failure) {
            pool.failed(failure);
        }
    }

    /** One that becomes a tunnel. */
    private final class TunnelAttempt extends Attempt {
        private final Waiting waiting;

        TunnelAttempt(EndpointPool pool, Channel channel, Waiting waiting) {
            super(pool, channel);
            this.waiting = waiting;
        }

        @Override
        boolean multiplexed() {
            return false;
        }

        @Override
        void stands() {
            ResponseSink sink = done() ? waiting.take() : null;
            if (sink == null) {
                var unused = channel.close();
                return;
            }
            Tunnel tunnel = new Tunnel(loop, channel, sink);
            channel.pipeline().addLast(tunnel);
            sink.opened(tunnel);
        }

        @Override
        void failed(Failure failure) {
            ResponseSink sink = waiting.take();
            if (sink != null) {
                sink.failed(failure);
            }
        }
    }
}
