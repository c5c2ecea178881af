package io.laneway.gateway.traffic.passage;

import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.LoopCluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.request.Matchable;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.route.RouteMap;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Finds where connections go by the server name of their TLS: routes with {@code match.tls}. Confined to one event loop; one
 * for each listener on it.
 */
public final class Passages {

    private static final Slice PATH = Slice.of("/");

    private final ListenerContext listener;

    public Passages(ListenerContext listener) {
        this.listener = listener;
    }

    /** A connection, of which a route may ask the port alone. */
    private record Arrival(int port) implements Matchable {

        @Override
        public boolean header(HeaderName name, Slice into) {
            into.clear();
            return false;
        }

        @Override
        public void method(Slice into) {
            into.clear();
        }
    }

    /** Whether connections are to be looked into, since some route is about them. */
    public boolean any() {
        CompiledTable<Cluster, ServiceRules> table = listener.table().get();
        return table != null && table.tlsRoutes() != null;
    }

    /**
     * The route of a connection.
     *
     * @param name that the client asks for, null if it names none
     * @param port of the listener
     * @return null if no route is about it, so that its TLS ends at the gateway, as it does where the route {@link #ends} it
     */
    public @Nullable CompiledRoute route(@Nullable String name, int port) {
        CompiledTable<Cluster, ServiceRules> table = listener.table().get();
        return table == null ? null : route(table, Slice.of(name == null ? "" : name), new Arrival(port), new Slice());
    }

    /**
     * The route of connections for a host, of whose lane hosts it is as well.
     *
     * @param request whose port counts
     * @param scratch overwritten
     */
    public static @Nullable CompiledRoute route(
            CompiledTable<Cluster, ServiceRules> table, Slice host, Matchable request, Slice scratch) {
        RouteMap routes = table.tlsRoutes();
        if (routes == null) {
            return null;
        }
        return routes.get(table.laneHosts().bare(host, scratch) ? scratch : host, PATH, request);
    }

    /** Whether TLS of a route's connections ends at the gateway. */
    public static boolean ends(CompiledRoute route) {
        return route.route().service() == null && route.route().action().split().isEmpty();
    }

    /** Whether TLS of a route's connections ends at the gateway, and their content is passed on. */
    public static boolean opens(CompiledRoute route) {
        return route.route().action().terminate();
    }

    /** Whether the listener takes connections from there. */
    public boolean takes(SocketAddress source) {
        return listener.edge().takes(source);
    }

    /** What passes a connection on, or what its TLS carried that has ended here; it closes it where the route leads nowhere. */
    public ChannelHandler handler(CompiledRoute route, Channel channel) {
        Cluster cluster = cluster(route);
        EndpointPool pool = cluster == null ? null : pool(cluster.on(listener.upstreams()), opens(route));
        return cluster == null || pool == null
                ? new NoPassage()
                : new Passage(
                        listener.upstreams().loop(),
                        channel,
                        pool,
                        cluster.policy().timeouts().idle());
    }

    private static @Nullable EndpointPool pool(LoopCluster cluster, boolean content) {
        return content ? cluster.pickContent() : cluster.pickBare();
    }

    private @Nullable Cluster cluster(CompiledRoute route) {
        int part = route.part(listener.upstreams().loop().random());
        String address = route.address(part);
        if (address != null) {
            RoutePart named = route.route().action().split().get(route.number(part));
            return listener.passthrough().cluster(address, named.tls());
        }
        CompiledTable<Cluster, ServiceRules> table = listener.table().get();
        int place = route.service(part);
        if (table == null || place < 0 || place >= table.services()) {
            return null;
        }
        DeploymentEntry<Cluster> base = table.service(place).deployment(table.base());
        PortEntry<Cluster> port = base == null ? null : port(base, route.port(part));
        return port == null ? null : port.state();
    }

    private static @Nullable PortEntry<Cluster> port(DeploymentEntry<Cluster> deployment, int number) {
        if (number == 0) {
            return deployment.only();
        }
        for (int i = 0; i < deployment.ports(); i++) {
            if (deployment.port(i).port().number() == number) {
                return deployment.port(i);
            }
        }
        return deployment.only();
    }
}
