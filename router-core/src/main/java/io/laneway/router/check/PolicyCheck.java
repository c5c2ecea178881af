package io.laneway.router.check;

import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.GrpcJson;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import java.util.List;
import java.util.ServiceLoader;

/** Checks what a policy names: lanes and headers. */
final class PolicyCheck {

    private static final List<DescriptorCheck> DESCRIPTORS = ServiceLoader.load(DescriptorCheck.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

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
        if (policy.grpc() != null && policy.grpc().json() != null) {
            descriptors(policy.grpc().json(), at);
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

    private static void descriptors(GrpcJson json, PathProblems at) {
        String path = "grpc.json.descriptors";
        if (json.descriptors().length() > GrpcJson.MAX_LENGTH) {
            at.add(path, json.descriptors().length() + " characters", "at most " + GrpcJson.MAX_LENGTH);
            return;
        }
        byte[] set;
        try {
            set = json.bytes();
        } catch (IllegalArgumentException e) {
            at.add(path, "no Base64", "the Base64 of what protoc --descriptor_set_out writes");
            return;
        }
        for (DescriptorCheck check : DESCRIPTORS) {
            String wrong = check.problem(set);
            if (wrong != null) {
                at.add(path, wrong, "what protoc --include_imports --descriptor_set_out writes");
            }
        }
    }

    private static void lane(String lane, String path, NameLookup names, PathProblems at) {
        if (!names.hasLane(lane)) {
            at.add(path, "no lane '" + lane + "'", "the name of a lane");
        }
    }
}
