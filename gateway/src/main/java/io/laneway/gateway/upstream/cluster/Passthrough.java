package io.laneway.gateway.upstream.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.OriginalDestination;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.upstream.endpoint.HostPort;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.text.Slice;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The way to hosts that no table knows, for listeners that send such requests where they asked: a cluster for each, kept
 * while it is used. Safe for many threads.
 */
public final class Passthrough {

    private static final int MAX_HOSTS = 4096;
    private static final Duration FORGET = Duration.ofMinutes(10);
    /** Neither side of a redirected connection knows of the gateway: it ends nothing that they would not. */
    private static final Policy UNCHANGED = new Policy(
            new Timeouts(Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(1), Duration.ZERO, Duration.ZERO, 0),
            Policy.DEFAULT.retries(),
            Policy.DEFAULT.balancer(),
            Policy.DEFAULT.ejection(),
            null,
            null,
            null,
            null,
            null,
            Policy.DEFAULT.headers(),
            null,
            null,
            null,
            null,
            null,
            false,
            null);

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final ClusterEnvironment environment;
    private final Cache<HostPort, Cluster> clusters = cache();
    private final Cache<Sealed, Cluster> sealed = cache();
    private final Cache<OriginalDestination, Cluster> destinations = cache();

    /** A host that is reached by TLS of ours. */
    private record Sealed(HostPort host, UpstreamTls tls) {}

    /** @param loops how many event loops the gateway has */
    public Passthrough(int loops) {
        this.environment = ClusterEnvironment.withoutHealthChecks(loops);
    }

    /** The cluster of the host that a request is for, or null if it names none. */
    public @Nullable Cluster cluster(RequestHead head, boolean secure) {
        Slice authority = new Slice();
        head.authority(authority);
        if (authority.length() == 0) {
            return null;
        }
        HostPort host;
        try {
            host = HostPort.parse(authority.toString().toLowerCase(Locale.ROOT), secure ? HTTPS : HTTP);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return clusters.get(host, this::open);
    }

    /**
     * The cluster of an address.
     *
     * @param address {@code host:port}
     * @param tls     how it is reached by TLS of ours, null for bytes as they are
     * @return null if it is none
     */
    public @Nullable Cluster cluster(String address, @Nullable UpstreamTls tls) {
        try {
            HostPort host = HostPort.parse(address, HTTPS);
            return tls == null ? clusters.get(host, this::open) : sealed.get(new Sealed(host, tls), this::open);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The cluster of the address that a redirected connection was going to, whatever host the request names; null for a
     * tunnel by {@code CONNECT}, which the server there would have to open.
     */
    public @Nullable Cluster cluster(RequestHead head, OriginalDestination original) {
        boolean tunnel = head.method() == Method.CONNECT && !head.upgrade();
        return tunnel ? null : destinations.get(original, this::open);
    }

    private Cluster open(HostPort host) {
        return open(host.host(), host.port(), new UpstreamSettings(Protocol.AUTO, null, Policy.DEFAULT));
    }

    private Cluster open(Sealed to) {
        return open(to.host().host(), to.host().port(), new UpstreamSettings(Protocol.AUTO, to.tls(), Policy.DEFAULT));
    }

    private Cluster open(OriginalDestination original) {
        InetAddress address = original.address().getAddress();
        Protocol protocol = original.http2() ? Protocol.H2C : Protocol.AUTO;
        UpstreamSettings settings = new UpstreamSettings(protocol, null, UNCHANGED);
        return open(address.getHostAddress(), original.address().getPort(), settings);
    }

    private Cluster open(String host, int port, UpstreamSettings settings) {
        Cluster cluster = new Cluster(ExchangeRecord.PASSTHROUGH, "", settings, environment);
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        cluster.publish(List.of(Endpoint.at(name + ":" + port)));
        return cluster;
    }

    private static <K> Cache<K, Cluster> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_HOSTS)
                .expireAfterAccess(FORGET)
                .<K, Cluster>removalListener((host, cluster, cause) -> {
                    if (cluster != null) {
                        cluster.close();
                    }
                })
                .build();
    }
}
