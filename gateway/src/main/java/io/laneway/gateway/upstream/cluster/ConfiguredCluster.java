package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that no table knows and that the gateway itself asks, such as an authorizer. Immutable.
 *
 * @param name    by which its connections are counted
 * @param address host and port
 * @param http2   whether it speaks HTTP/2, else HTTP/1.1
 * @param secure  whether by TLS
 * @param tls     null for the defaults
 */
public record ConfiguredCluster(
        String name,
        String address,
        boolean http2,
        boolean secure,
        @Nullable UpstreamTls tls) {

    /** @param loops how many event loops there are */
    public Cluster open(int loops) {
        Protocol protocol = secure ? http2 ? Protocol.H2 : Protocol.HTTPS : http2 ? Protocol.H2C : Protocol.HTTP1;
        Cluster cluster = new Cluster(
                name,
                "",
                new UpstreamSettings(protocol, tls, Policy.DEFAULT),
                ClusterEnvironment.withoutHealthChecks(loops));
        cluster.publish(List.of(Endpoint.at(address)));
        return cluster;
    }
}
