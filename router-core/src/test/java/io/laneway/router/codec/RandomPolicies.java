package io.laneway.router.codec;

import io.laneway.router.policy.Access;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Compression;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.GrpcClients;
import io.laneway.router.policy.GrpcJson;
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
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Policies with each part at its default or not, by chance. */
final class RandomPolicies {

    private static final List<Balancer> BALANCERS = List.of(
            Balancer.ROUND_ROBIN,
            new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, ""),
            new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.HEADER, "x-user"),
            new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.COOKIE, "user"));

    private final Random random;

    RandomPolicies(Random random) {
        this.random = random;
    }

    Policy policy() {
        Policy d = Policy.DEFAULT;
        return new Policy(
                or(d.timeouts(), this::timeouts),
                or(d.retries(), this::retries),
                or(d.balancer(), () -> BALANCERS.get(random.nextInt(BALANCERS.size()))),
                or(d.ejection(), () -> new Ejection(random.nextInt(3), time(), random.nextInt(101))),
                or(null, this::health),
                or(null, () -> new Limits(random.nextInt(2), random.nextInt(2), random.nextInt(2))),
                or(null, this::rate),
                or(null, () -> new Mirror("master", share())),
                or(null, () -> new Fault("master", random.nextBoolean() ? null : time(), 503, share())),
                or(d.headers(), () -> new HeaderRules(edit(), edit())),
                or(
                        null,
                        () -> new Cors(
                                List.of("*"), List.of("GET"), List.of("*", "x-a"), random.nextBoolean(), time())),
                or(null, () -> new Access(random.nextBoolean())),
                or(null, () -> new Sticky("seat", random.nextBoolean() ? null : Duration.ofMinutes(1))),
                or(
                        null,
                        () -> new GrpcClients(
                                random.nextBoolean(), random.nextBoolean() ? null : new GrpcJson("CgA="))),
                or(null, () -> new ByteSize((long) random.nextInt(3000) << (10 * random.nextInt(4)))),
                or(true, () -> false),
                or(
                        null,
                        () -> new Compression(
                                random.nextBoolean() ? Compression.TYPES : List.of("a/*"), new ByteSize(7))));
    }

    private Timeouts timeouts() {
        return new Timeouts(
                time(),
                Duration.ZERO,
                time(),
                or(Duration.ZERO, this::time),
                or(Duration.ZERO, this::time),
                or(240, () -> random.nextInt(1000)));
    }

    private Retries retries() {
        Set<Retries.On> on =
                random.nextBoolean() ? Set.of(Retries.On.STATUS_503, Retries.On.CONNECT_FAILURE) : Set.of();
        Retries.Methods methods = random.nextBoolean() ? Retries.Methods.ALL : Retries.Methods.IDEMPOTENT;
        return new Retries(
                random.nextInt(4),
                on,
                methods,
                random.nextInt(101),
                random.nextBoolean() ? null : time(),
                random.nextBoolean());
    }

    private Health health() {
        return switch (random.nextInt(3)) {
            case 0 ->
                new Health(Health.Kind.HTTP, "/ready", time(), time(), 1 + random.nextInt(4), 1 + random.nextInt(4));
            case 1 -> new Health(Health.Kind.GRPC, random.nextBoolean() ? "" : "a.B", time(), time(), 3, 2);
            default -> new Health(Health.Kind.TCP, null, time(), time(), 3, 2);
        };
    }

    private Rate rate() {
        Rate.Key key = List.of(Rate.Key.values()).get(random.nextInt(Rate.Key.values().length));
        return new Rate(
                1 + random.nextInt(5),
                time(),
                1 + random.nextInt(5),
                key,
                key == Rate.Key.HEADER ? "x-k" : "",
                random.nextBoolean() ? Rate.Scope.GATEWAY : Rate.Scope.FLEET);
    }

    private HeaderRules.Edit edit() {
        return new HeaderRules.Edit(
                random.nextBoolean() ? Map.of() : Map.of("x-b", "true", "x-a", ""),
                random.nextBoolean() ? Map.of() : Map.of("x-c", "12"),
                random.nextBoolean() ? List.of() : List.of("server"));
    }

    private Share share() {
        return new Share(random.nextInt(Share.SLOTS + 1));
    }

    private Duration time() {
        long[] units = {1, 1000, 60_000, 3_600_000, 86_400_000};
        return Duration.ofMillis((1 + random.nextInt(50)) * units[random.nextInt(units.length)]);
    }

    private <T> T or(T otherwise, Supplier<T> other) {
        return random.nextInt(3) == 0 ? other.get() : otherwise;
    }
}
