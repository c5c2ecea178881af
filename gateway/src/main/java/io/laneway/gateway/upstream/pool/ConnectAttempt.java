package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.runtime.names.Names;
import io.laneway.gateway.upstream.endpoint.HostPort;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.join.JoinRoute;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection on its way to an endpoint: its name is looked up, then one address after the other is tried, TCP and
 * TLS where the deployment asks for it, until one takes the connection (RFC 8305 section 5). All within the policy's time
 * for connecting. The endpoint is unreachable when every address was tried and none took it. Confined to one event loop.
 */
final class ConnectAttempt extends TimerEntry {

    /** After so long the next address is tried as well (RFC 8305 section 8). */
    private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long LEAST_DELAY = TimeUnit.MILLISECONDS.toNanos(10);

    /** Hears how it went, once. */
    interface Outcome {

        void connected(Channel channel);

        void failed(Failure failure);
    }

    /** Opens what an attempt is made of. */
    interface Opener {

        /** A connection to one address of an endpoint. */
        ChannelFuture open(LiveEndpoint endpoint, InetAddress address, Duration timeout);

        /** TLS on a connection. */
        void secure(ConnectTarget target, Channel channel, boolean http2, UpstreamHandshake.Outcome outcome);
    }

    private final Loop loop;
    private final Opener opener;
    private final ConnectTarget pool;
    private final boolean http2;
    private final Outcome outcome;
    private final List<Channel> open = new ArrayList<>(2);
    private final long started;
    private List<InetAddress> addresses = List.of();
    private int tried;
    private long delay;
    private @Nullable ScheduledFuture<?> next;
    private Failure last = Failure.CONNECT;
    private boolean over;

    /** @param http2 what TLS is to agree on */
    ConnectAttempt(Loop loop, Opener opener, ConnectTarget pool, boolean http2, Outcome outcome) {
        this.loop = loop;
        this.opener = opener;
        this.pool = pool;
        this.http2 = http2;
        this.outcome = outcome;
        this.started = loop.now();
    }

    private Duration timeout() {
        Duration policy = pool.settings().policy().timeouts().connect();
        JoinRoute join = pool.endpoint().join();
        return join == null ? policy : join.connect(policy);
    }

    /** Begins; the outcome is heard in a later turn of the loop, as a rule. */
    void begin(Names names) {
        LiveEndpoint endpoint = pool.endpoint();
        HostPort at = endpoint.hostPort();
        InetAddress literal = endpoint.literal();
        loop.deadline(this, timeout().toNanos());
        if (at == null) {
            fail(Failure.CONNECT);
        } else if (literal != null) {
            found(List.of(literal));
        } else {
            look(names.resolve(at.host()));
        }
    }

    private void look(CompletableFuture<List<InetAddress>> found) {
        if (found.isDone() && !found.isCompletedExceptionally()) {
            found(found.join());
            return;
        }
        var unused = found.whenComplete((addresses, failure) -> loop.eventLoop().execute(() -> {
            if (addresses == null) {
                fail(Failure.CONNECT);
            } else {
                found(addresses);
            }
            loop.flushes().flush();
        }));
    }

    private void found(List<InetAddress> all) {
        if (over) {
            return;
        }
        pool.endpoint().found(all);
        addresses = pool.endpoint().addresses().order(all, loop.random(), loop.now());
        long bound = timeout().toNanos();
        delay = bound == 0 ? DELAY : Math.max(LEAST_DELAY, Math.min(DELAY, bound / (addresses.size() + 1)));
        tryNext();
    }

    private void tryNext() {
        InetAddress address = addresses.get(tried);
        tried++;
        next = tried == addresses.size()
                ? null
                : loop.eventLoop().schedule(this::tryAnother, delay, TimeUnit.NANOSECONDS);
        ChannelFuture connecting = opener.open(pool.endpoint(), address, timeout());
        Channel channel = connecting.channel();
        if (connecting.isDone() && !channel.isRegistered()) {
            loop.eventLoop().execute(this::noSocket);
            return;
        }
        open.add(channel);
        var unused = connecting.addListener(done -> {
            if (!done.isSuccess()) {
                lost(channel, address, failure(done.cause()));
            } else if (over) {
                close(channel);
            } else {
                connected(channel, address);
            }
            loop.flushes().flush();
        });
    }

    /**
     * No socket could be made, which says nothing of the endpoint. Such a connection has no event loop, so that it can
     * neither be listened to nor closed.
     */
    private void noSocket() {
        fail(Failure.NO_SOCKET);
        loop.flushes().flush();
    }

    private void tryAnother() {
        next = null;
        if (!over && tried < addresses.size()) {
            tryNext();
            loop.flushes().flush();
        }
    }

    private static Failure failure(@Nullable Throwable cause) {
        return cause instanceof ConnectTimeoutException ? Failure.CONNECT_TIMEOUT : Failure.CONNECT;
    }

    private void connected(Channel channel, InetAddress address) {
        if (!pool.wire().secure()) {
            won(channel, address);
            return;
        }
        opener.secure(pool, channel, http2, new UpstreamHandshake.Outcome() {
            @Override
            public void secured() {
                if (over) {
                    close(channel);
                } else {
                    won(channel, address);
                }
            }

            @Override
            public void failed(Failure failure) {
                if (failure.stage() == Failure.Stage.CONNECT) {
                    lost(channel, address, failure);
                } else {
                    fail(failure);
                }
            }
        });
    }

    private void won(Channel channel, InetAddress address) {
        pool.endpoint().addresses().took(address);
        pool.monitor().reached();
        open.remove(channel);
        end();
        outcome.connected(channel);
    }

    /** One address did not take it: the next has its turn at once. */
    private void lost(Channel channel, InetAddress address, Failure failure) {
        if (over) {
            return;
        }
        pool.endpoint().addresses().failed(address, loop.now());
        open.remove(channel);
        close(channel);
        last = failure;
        if (tried < addresses.size()) {
            cancelNext();
            tryNext();
        } else if (open.isEmpty()) {
            fail(last);
        }
    }

    @Override
    protected void expired() {
        for (int i = 0; i < tried && !over; i++) {
            pool.endpoint().addresses().failed(addresses.get(i), loop.now());
        }
        fail(Failure.CONNECT_TIMEOUT);
        loop.flushes().flush();
    }

    private void fail(Failure failure) {
        if (over) {
            return;
        }
        end();
        if (failure.stage() == Failure.Stage.CONNECT) {
            pool.monitor().unreachable(started);
        }
        outcome.failed(failure);
    }

    private void end() {
        over = true;
        loop.wheel().forget(this);
        cancelNext();
        open.forEach(ConnectAttempt::close);
        open.clear();
    }

    private static void close(Channel channel) {
        var unused = channel.close();
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
