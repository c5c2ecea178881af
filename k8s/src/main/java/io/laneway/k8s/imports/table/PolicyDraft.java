package io.laneway.k8s.imports.table;

import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Compression;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.GrpcClients;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Sticky;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.unit.ByteSize;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy while it is gathered from several places of a configuration. Confined to one thread. */
public final class PolicyDraft {

    /** No retries, as most proxies have none unless they are asked for. */
    public static final Retries NO_RETRIES =
            new Retries(0, Retries.DEFAULT.on(), Retries.DEFAULT.methods(), Retries.DEFAULT.budget(), null, false);

    /** No ejection. */
    public static final Ejection NO_EJECTION = new Ejection(0, Ejection.DEFAULT.time(), Ejection.DEFAULT.maxShare());

    private Timeouts timeouts = Timeouts.DEFAULT;
    private Retries retries = NO_RETRIES;
    private Balancer balancer = Balancer.ROUND_ROBIN;
    private Ejection ejection = NO_EJECTION;
    private @Nullable Health health;
    private @Nullable Limits limits;
    private @Nullable Rate rate;
    private @Nullable Fault fault;
    private @Nullable Cors cors;
    private @Nullable Sticky sticky;
    private @Nullable GrpcClients grpc;
    private @Nullable ByteSize maxBody;
    private @Nullable Compression compression;

    private PolicyDraft() {}

    /** In turn, without retries and ejection: what proxies do that are not told otherwise. */
    public static PolicyDraft plain() {
        return new PolicyDraft();
    }

    public PolicyDraft connect(Duration time) {
        timeouts = new Timeouts(time, timeouts.request(), timeouts.idle());
        return this;
    }

    public PolicyDraft request(Duration time) {
        timeouts = new Timeouts(timeouts.connect(), time, timeouts.idle());
        return this;
    }

    public PolicyDraft retries(Retries value) {
        retries = value;
        return this;
    }

    /** Retries on these conditions, of every method. */
    public PolicyDraft retries(int max, Set<Retries.On> on) {
        return retries(new Retries(max, on, Retries.Methods.ALL, Retries.DEFAULT.budget(), null, false));
    }

    public PolicyDraft balancer(Balancer value) {
        balancer = value;
        return this;
    }

    public PolicyDraft ejection(Ejection value) {
        ejection = value;
        return this;
    }

    public PolicyDraft health(Health value) {
        health = value;
        return this;
    }

    public PolicyDraft limits(Limits value) {
        limits = value;
        return this;
    }

    public PolicyDraft rate(Rate value) {
        rate = value;
        return this;
    }

    public PolicyDraft fault(Fault value) {
        fault = value;
        return this;
    }

    public PolicyDraft cors(@Nullable Cors value) {
        cors = value;
        return this;
    }

    public PolicyDraft sticky(Sticky value) {
        sticky = value;
        return this;
    }

    /** Calls in gRPC-Web become calls of gRPC. */
    public PolicyDraft grpcWeb() {
        grpc = new GrpcClients(true, null);
        return this;
    }

    public PolicyDraft maxBody(ByteSize value) {
        maxBody = value;
        return this;
    }

    public PolicyDraft compression(Compression value) {
        compression = value;
        return this;
    }

    /** The policy so far. */
    public Policy policy() {
        return new Policy(
                timeouts,
                retries,
                balancer,
                ejection,
                health,
                limits,
                rate,
                null,
                fault,
                HeaderRules.NONE,
                cors,
                null,
                sticky,
                grpc,
                maxBody,
                true,
                compression);
    }

    /**
     * What an upstream says of endpoints, with what a rule says of requests.
     *
     * @param grpc whether calls of gRPC can reach it: others have none to convert
     */
    static Policy joined(Policy upstream, Policy rule, boolean grpc) {
        boolean ring = rule.balancer().kind() == Balancer.Kind.RING_HASH
                && upstream.balancer().kind() == Balancer.Kind.RING_HASH;
        Sticky sticky = rule.sticky() == null ? upstream.sticky() : rule.sticky();
        Duration request = rule.timeouts().request().equals(Timeouts.DEFAULT.request())
                ? upstream.timeouts().request()
                : rule.timeouts().request();
        return new Policy(
                new Timeouts(
                        upstream.timeouts().connect(),
                        request,
                        upstream.timeouts().idle()),
                rule.retries(),
                ring ? rule.balancer() : upstream.balancer(),
                upstream.ejection(),
                upstream.health(),
                upstream.limits(),
                rule.rate(),
                null,
                rule.fault(),
                HeaderRules.NONE,
                rule.cors(),
                null,
                sticky,
                grpc ? rule.grpc() : null,
                rule.maxBody(),
                true,
                rule.compression());
    }
}
