package io.laneway.gateway.traffic.interest;

import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;

/**
 * What an event loop has to find out whether a request needs more of the table. Confined to that loop.
 *
 * @param decider  decides beforehand
 * @param decision of one request after the other
 */
public record LoopInterests(Interests interests, Decider decider, Decision<Cluster, ServiceRules> decision) {

    public LoopInterests(Interests interests) {
        this(interests, new Decider(), new Decision<>());
    }
}
