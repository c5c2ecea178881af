package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.router.document.tree.Location;
import io.laneway.router.model.service.Endpoint;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several upstreams by weight as one, whose endpoints have the weights. */
final class Weights {

    private static final int MAX = 1_000_000;

    private Weights() {}

    /** The upstream of a lane; null after a finding if its parts are too unlike for one deployment. */
    static @Nullable Upstream one(List<Action.Target> targets, Location at, Report report) {
        Upstream first = targets.get(0).upstream();
        if (targets.size() == 1) {
            return first;
        }
        BigInteger common = BigInteger.ONE;
        for (Action.Target target : targets) {
            Upstream upstream = target.upstream();
            if (upstream.protocol() != first.protocol() || !java.util.Objects.equals(upstream.tls(), first.tls())) {
                report.notTaken(at, "weights over upstreams of two protocols", "one protocol in a deployment");
                return null;
            }
            BigInteger total = total(upstream);
            common = common.multiply(total).divide(common.gcd(total));
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (Action.Target target : targets) {
            BigInteger share = common.divide(total(target.upstream())).multiply(BigInteger.valueOf(target.weight()));
            for (Endpoint one : target.upstream().endpoints()) {
                BigInteger weight = share.multiply(BigInteger.valueOf(one.weight()));
                if (weight.bitLength() > 31 || weight.intValue() > MAX) {
                    report.notTaken(at, "weights without a small common measure", "at most " + MAX);
                    return null;
                }
                endpoints.add(new Endpoint(one.address(), weight.intValue(), one.zone(), one.ready(), one.draining()));
            }
        }
        return new Upstream(first.at(), first.name(), first.protocol(), first.tls(), endpoints, first.policy());
    }

    private static BigInteger total(Upstream upstream) {
        return BigInteger.valueOf(Math.max(
                1, upstream.endpoints().stream().mapToLong(Endpoint::weight).sum()));
    }
}
