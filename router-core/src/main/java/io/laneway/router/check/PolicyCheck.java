package io.laneway.router.check;

import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.HeaderRules.Edit;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import java.util.stream.Stream;

/** Checks what a policy names: lanes and headers. */
final class PolicyCheck {

    private PolicyCheck() {}

    static void check(Policy policy, Names names, Findings service) {
        if (policy.equals(Policy.DEFAULT)) {
            return;
        }
        Findings at = service.below("policy");
        if (policy.mirror() != null) {
            lane(policy.mirror().lane(), "mirror.lane", names, at);
        }
        if (policy.fault() != null) {
            lane(policy.fault().lane(), "fault.lane", names, at);
        }
        Balancer balancer = policy.balancer();
        if (balancer.kind() == Balancer.Kind.RING_HASH && balancer.key() != Balancer.Key.SOURCE) {
            token(balancer.name(), "balancer", at);
        }
        if (policy.rate() != null && policy.rate().key() == Rate.Key.HEADER) {
            token(policy.rate().header(), "rate.key", at);
        }
        edit(policy.headers().request(), "headers.request", at);
        edit(policy.headers().response(), "headers.response", at);
    }

    private static void lane(String lane, String path, Names names, Findings at) {
        if (!names.hasLane(lane)) {
            at.add(path, "no lane '" + lane + "'", "the name of a lane");
        }
    }

    private static void edit(Edit edit, String path, Findings at) {
        Stream.of(edit.set().keySet(), edit.add().keySet(), edit.remove())
                .flatMap(names -> names.stream().sorted())
                .forEach(name -> token(name, path, at));
        Stream.of(edit.set(), edit.add())
                .flatMap(values -> values.entrySet().stream().sorted(java.util.Map.Entry.comparingByKey()))
                .filter(entry -> entry.getValue().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F))
                .forEach(entry -> at.add(
                        path, "a control character in " + entry.getKey(), "a header value (RFC 9110 section 5.5)"));
    }

    private static void token(String name, String path, Findings at) {
        if (!Hosts.isToken(name)) {
            at.add(path, "'" + name + "'", "a name of letters, digits and -_.~ (RFC 9110 section 5.6.2)");
        }
    }
}
