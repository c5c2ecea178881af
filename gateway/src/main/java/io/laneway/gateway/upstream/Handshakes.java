package io.laneway.gateway.upstream;

import io.laneway.gateway.http1.ClientConnection;
import io.laneway.gateway.http2.EndpointConnection;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Timed;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.tls.TlsFailure;
import io.laneway.router.model.UpstreamTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
        Attempt attempt = new Attempt(pool, channel);
        loop.deadline(
                attempt, pool.cluster().cluster().policy().timeouts().connect().toNanos());
        if (pool.wire().secure()) {
            secure(attempt);
        } else {
            speak(attempt);
        }
    }

    private void ready(EndpointPool pool, Channel channel) {
        ClientConnection connection = new ClientConnection(loop, ways.http1(), pool, channel);
        channel.pipeline().addLast(connection);
        pool.connected(connection);
    }

    private void speak(Attempt attempt) {
        EndpointPool pool = attempt.pool;
        if (!pool.wire().multiplexed()) {
            attempt.over = true;
            loop.wheel().forget(attempt);
            ready(pool, attempt.channel);
            return;
        }
        attempt.channel
                .pipeline()
                .addLast(new EndpointConnection(loop, ways.http2(), pool.wire().secure(), pool, attempt));
    }

    /** Contexts are made from files, so elsewhere. */
    private void secure(Attempt attempt) {
        UpstreamTls configured = attempt.pool.cluster().cluster().settings().tls();
        UpstreamTls tls = configured == null ? UpstreamTls.DEFAULT : configured;
        boolean multiplexed = attempt.pool.wire().multiplexed();
        var unused = CompletableFuture.supplyAsync(
                        () -> context(tls, multiplexed), ways.names().threads())
                .whenCompleteAsync(
                        (context, failure) -> {
                            if (failure != null) {
                                LOG.atWarn().setCause(failure).log("TLS of an upstream is not usable");
                                attempt.fail(Failure.CONNECT);
                            } else {
                                shakeHands(attempt, tls, context);
                            }
                            loop.flushes().flush();
                        },
                        loop.eventLoop());
    }

    private SslContext context(UpstreamTls tls, boolean multiplexed) {
        try {
            return ways.tls().context(tls, multiplexed);
        } catch (TlsFailure e) {
            throw new CompletionException(e);
        }
    }

    private void shakeHands(Attempt attempt, UpstreamTls tls, SslContext context) {
        HostPort address = Objects.requireNonNull(attempt.pool.endpoint().hostPort());
        String name = Objects.requireNonNullElse(tls.serverName(), address.host());
        SslHandler handler = context.newHandler(attempt.channel.alloc(), name, address.port());
        handler.setHandshakeTimeoutMillis(0);
        attempt.channel.pipeline().addLast(handler);
        var unused = handler.handshakeFuture().addListener(done -> {
            if (!done.isSuccess()) {
                LOG.atDebug()
                        .addKeyValue("endpoint", address)
                        .setCause(done.cause())
                        .log("TLS handshake failed");
                attempt.fail(Failure.CONNECT);
            } else if (attempt.pool.wire().multiplexed()
                    && !ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol())) {
                LOG.atDebug().addKeyValue("endpoint", address).log("upstream does not offer h2");
                attempt.fail(Failure.CONNECT);
            } else if (!attempt.over) {
                speak(attempt);
            }
            loop.flushes().flush();
        });
    }

    /** One connection on its way. */
    private final class Attempt extends Timed implements EndpointConnection.Outcome {
        private final EndpointPool pool;
        private final Channel channel;
        private boolean over;

        Attempt(EndpointPool pool, Channel channel) {
            this.pool = pool;
            this.channel = channel;
            var unused = channel.closeFuture().addListener((ChannelFutureListener) closed -> fail(Failure.CONNECT));
        }

        @Override
        public void ready(EndpointConnection connection) {
            if (!over) {
                over = true;
                loop.wheel().forget(this);
                pool.connected(connection);
            }
        }

        @Override
        public void failed() {
            fail(Failure.CONNECT);
        }

        @Override
        protected void expired() {
            fail(Failure.CONNECT_TIMEOUT);
        }

        void fail(Failure failure) {
            if (!over) {
                over = true;
                loop.wheel().forget(this);
                pool.failed(failure);
                var unused = channel.close();
                loop.flushes().flush();
            }
        }
    }
}
