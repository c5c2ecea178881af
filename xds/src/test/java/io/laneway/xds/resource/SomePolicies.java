package io.laneway.xds.resource;

import io.laneway.router.policy.Access;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.HeaderRules.Edit;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Rate;
import io.laneway.router.policy.Sticky;
import io.laneway.router.unit.ByteSize;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Policies of all kinds. */
final class SomePolicies {

    private final Random random;

    SomePolicies(Random random) {
        this.random = random;
    }

    Policy some() {
        Policy plain = Policy.DEFAULT;
        return new Policy(
                plain.timeouts(),
                plain.retries(),
                plain.balancer(),
                plain.ejection(),
                once(5) ? health() : null,
                null,
                once(4) ? rate() : null,
                null,
                once(3) ? fault() : null,
                once(4) ? headers() : HeaderRules.NONE,
                once(3) ? cors() : null,
                once(5) ? new Access(random.nextBoolean()) : null,
                once(4) ? new Sticky("seat", random.nextBoolean() ? null : Duration.ofHours(1)) : null,
                null,
                once(4) ? new ByteSize(random.nextInt(3) * 1000L) : null,
                random.nextBoolean(),
                null);
    }

    private boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private Health health() {
        Health.Kind kind = any(Health.Kind.values());
        return new Health(kind, null, Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2);
    }

    private Rate rate() {
        Rate.Key key = any(Rate.Key.values());
        Rate.Scope scope = once(4) ? Rate.Scope.FLEET : Rate.Scope.GATEWAY;
        Duration per = Duration.ofMillis(List.of(1, 30, 1000, 3_600_000).get(random.nextInt(4)));
        return new Rate(
                1 + random.nextInt(1000),
                per,
                1 + random.nextInt(1000),
                key,
                key == Rate.Key.HEADER ? "X-Client" : "",
                scope);
    }

    private Fault fault() {
        String lane = once(3) ? "master" : Tables.NAMES.get(random.nextInt(Tables.NAMES.size()));
        @Nullable Duration delay = once(2) ? Duration.ofMillis(20) : null;
        return new Fault(
                lane, delay, delay == null || once(2) ? 503 : 0, once(2) ? Share.parse("50%") : Share.parse("100%"));
    }

    private HeaderRules headers() {
        Edit edit = new Edit(Map.of("X-A", "1", "Host", "other"), Map.of("x-b", "100%"), List.of("host", "x-c", "te"));
        return new HeaderRules(edit, edit);
    }

    private Cors cors() {
        return new Cors(
                List.of("https://shop.example.com", "https://*.example.com", "http://*"),
                List.of("GET", "POST"),
                List.of(once(2) ? "*" : "x-a"),
                random.nextBoolean(),
                Duration.ofMinutes(10),
                once(2) ? List.of() : List.of("x-b"),
                random.nextBoolean());
    }
}
