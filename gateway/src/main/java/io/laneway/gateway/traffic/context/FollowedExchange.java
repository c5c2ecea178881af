package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;

/** What is looked at of an exchange that is followed for its spans. Confined to one event loop. */
public interface FollowedExchange {

    /** The head of the request. */
    RequestHead request();

    /** The client's stream. */
    Downstream downstream();

    /** Where the request is to go, once that is decided. */
    Decision<Cluster, ServiceRules> decision();

    /** The call of gRPC that it is; inactive for other requests. */
    GrpcCall grpc();

    /** What is known of it so far. */
    ExchangeFacts facts();
}
