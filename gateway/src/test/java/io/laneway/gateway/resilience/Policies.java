package io.laneway.gateway.resilience;

import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Compression;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.GrpcClients;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Mirror;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Sticky;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.unit.ByteSize;

/** Policies that differ from the default in the parts given. */
public final class Policies {

    private Policies() {}

    public static Policy with(Object... parts) {
        Timeouts timeouts = Timeouts.DEFAULT;
        Retries retries = Retries.DEFAULT;
        Balancer balancer = Balancer.LEAST_REQUEST;
        Ejection ejection = Ejection.DEFAULT;
        Health health = null;
        Limits limits = null;
        Rate rate = null;
        Mirror mirror = null;
        Fault fault = null;
        HeaderRules headers = HeaderRules.NONE;
        Cors cors = null;
        Sticky sticky = null;
        GrpcClients grpc = null;
        ByteSize maxBody = null;
        boolean zone = true;
        Compression compression = null;
        for (Object part : parts) {
            timeouts = part instanceof Timeouts each ? each : timeouts;
            retries = part instanceof Retries each ? each : retries;
            balancer = part instanceof Balancer each ? each : balancer;
            ejection = part instanceof Ejection each ? each : ejection;
            health = part instanceof Health each ? each : health;
            limits = part instanceof Limits each ? each : limits;
            rate = part instanceof Rate each ? each : rate;
            mirror = part instanceof Mirror each ? each : mirror;
            fault = part instanceof Fault each ? each : fault;
            headers = part instanceof HeaderRules each ? each : headers;
            cors = part instanceof Cors each ? each : cors;
            sticky = part instanceof Sticky each ? each : sticky;
            grpc = part instanceof GrpcClients each ? each : grpc;
            maxBody = part instanceof ByteSize each ? each : maxBody;
            zone = part instanceof Boolean each ? each : zone;
            compression = part instanceof Compression each ? each : compression;
        }
        return new Policy(
                timeouts,
                retries,
                balancer,
                ejection,
                health,
                limits,
                rate,
                mirror,
                fault,
                headers,
                cors,
                null,
                sticky,
                grpc,
                maxBody,
                zone,
                compression);
    }
}
