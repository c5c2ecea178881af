package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event loop's part of the cluster that a pool is of, as its connections and their users see it. Confined to that loop. */
public interface ClusterPart {

    /** What the table says of it now. */
    UpstreamSettings settings();

    /** What the deployment bears at a time. */
    CircuitBreaker breaker();

    /** Its counters on this loop. */
    DeploymentStats stats();

    /** Whether an endpoint is left that was not tried, besides one. */
    boolean hasOther(List<LiveEndpoint> tried, @Nullable LiveEndpoint besides);

    /** A retry begins; {@link #retryOver} is to follow. */
    void retryBegins();

    /** A retry that began is over. */
    void retryOver();
}
