package io.laneway.router.check;

import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;

/** Checks what a policy names: lanes and headers. */
final class PolicyCheck {

    private PolicyCheck() {}

    static void check(Policy policy, NameLookup names, PathProblems service) {
        if (policy.equals(Policy.DEFAULT)) {
            return;
        }
        PathProblems at = service.below("policy");
        if (policy.mirror() != null) {
            lane(policy.mirror().lane(), "mirror.lane", names, at);
        }
        if (policy.fault() != null) {
            lane(policy.fault().lane(), "fault.lane", names, at);
        }
        Balancer balancer = policy.balancer();
        if (balancer.kind() == Balancer.Kind.RING_HASH && balancer.key() != Balancer.Key.SOURCE) {
            HeaderCheck.token(balancer.name(), "balancer", at);
        }
        if (policy.rate() != null && policy.rate().key() == Rate.Key.HEADER) {
            HeaderCheck.token(policy.rate().header(), "rate.key", at);
        }
        if (policy.sticky() != null) {
            cookie(policy.sticky().cookie(), names, at);
        }
        HeaderCheck.edit(policy.headers().request(), "headers.request", at);
        HeaderCheck.edit(policy.headers().response(), "headers.response", at);
    }

    private static void cookie(String name, NameLookup names, PathProblems at) {
        HeaderCheck.token(name, "sticky.cookie", at);
        if (names.isLaneCookie(name)) {
            at.add("sticky.cookie", "'" + name + "' names lanes (carriers.cookie)", "another cookie");
        }
    }

    private static void lane(String lane, String path, NameLookup names, PathProblems at) {
        if (!names.hasLane(lane)) {
            at.add(path, "no lane '" + lane + "'", "the name of a lane");
        }
    }
}
