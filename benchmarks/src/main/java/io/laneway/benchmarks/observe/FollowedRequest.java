package io.laneway.benchmarks.observe;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;

/** A request that is followed, and never gets a response. Confined to one thread. */
final class FollowedRequest implements FollowedExchange {

    private final Decision<Cluster, ServiceRules> decision = new Decision<>();
    private final GrpcCall grpc = new GrpcCall();
    private final Downstream client = new SilentClient();
    private final RequestHead head;
    private final ExchangeFacts facts;

    FollowedRequest(RequestHead head) {
        this.head = head;
        this.facts = new ExchangeFacts("edge", decision, head);
    }

    @Override
    public RequestHead request() {
        return head;
    }

    @Override
    public Downstream downstream() {
        return client;
    }

    @Override
    public Decision<Cluster, ServiceRules> decision() {
        return decision;
    }

    @Override
    public GrpcCall grpc() {
        return grpc;
    }

    @Override
    public ExchangeFacts facts() {
        return facts;
    }
}
