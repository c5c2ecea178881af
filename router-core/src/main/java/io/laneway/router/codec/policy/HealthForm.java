package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Health;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms of the parts of a policy that judge endpoints: ejection and health checks. */
final class HealthForm {

    /** What {@code ejection: off} means. */
    static final Ejection NO_EJECTION = new Ejection(0, Ejection.DEFAULT.time(), Ejection.DEFAULT.maxShare());

    private static final int MAX = Integer.MAX_VALUE;

    private static final Key<Ejection, Integer> CONSECUTIVE = Key.optional(
                    "consecutive5xx", Numbers.integer(0, MAX), Ejection::consecutive5xx)
            .or(Ejection.DEFAULT.consecutive5xx())
            .doc("Failures in a row that eject an endpoint; 0 is off");
    private static final Key<Ejection, Duration> TIME = Key.optional("for", Types.DURATION, Ejection::time)
            .or(Ejection.DEFAULT.time())
            .doc("How long at first; it grows with each ejection in a row");
    private static final Key<Ejection, Integer> MAX_SHARE = Key.optional("maxShare", Types.PERCENT, Ejection::maxShare)
            .or(Ejection.DEFAULT.maxShare())
            .doc("Of a deployment's endpoints");

    static final Form<Ejection> EJECTION = Form.of(
            "Ejection",
            "",
            read -> new Ejection(read.of(CONSECUTIVE), read.of(TIME), read.of(MAX_SHARE)),
            List.of(CONSECUTIVE, TIME, MAX_SHARE));

    private static final Type<String> PATH_TYPE =
            new Type<>("a path", "path", Types.ANY_TEXT.schema(), HealthForm::path, Types.ANY_TEXT.writer());

    private static final Key<Health, String> PATH = Key.optional(
                    "path", PATH_TYPE, (Health health) -> named(health, Health.Kind.HTTP, "/"))
            .doc("Asked by HTTP");
    private static final Key<Health, String> GRPC = Key.optional(
                    "grpc", Types.ANY_TEXT, (Health health) -> named(health, Health.Kind.GRPC, ""))
            .doc("A service name, empty for the whole server");
    private static final Key<Health, Boolean> TCP = Key.optional(
                    "tcp", Types.BOOLEAN, (Health health) -> health.kind() == Health.Kind.TCP ? true : null)
            .doc("`true`: a connection is enough");
    private static final Key<Health, Duration> INTERVAL =
            Key.optional("interval", Types.DURATION, Health::interval).or(Duration.ofSeconds(5));
    private static final Key<Health, Duration> TIMEOUT =
            Key.optional("timeout", Types.DURATION, Health::timeout).or(Duration.ofSeconds(1));
    private static final Key<Health, Integer> UNHEALTHY_AFTER = Key.optional(
                    "unhealthyAfter", Numbers.integer(1, MAX), Health::unhealthyAfter)
            .or(3)
            .doc("Failures in a row");
    private static final Key<Health, Integer> HEALTHY_AFTER = Key.optional(
                    "healthyAfter", Numbers.integer(1, MAX), Health::healthyAfter)
            .or(2)
            .doc("Successes in a row");

    static final Form<Health> HEALTH = Form.of(
                    "Health",
                    "One of path, grpc and tcp",
                    HealthForm::health,
                    List.of(PATH, GRPC, TCP, INTERVAL, TIMEOUT, UNHEALTHY_AFTER, HEALTHY_AFTER))
            .where(HealthForm::oneWay);

    private HealthForm() {}

    private static @Nullable String path(Node node, Problems problems) {
        String path = Values.anyText(node, problems);
        if (path != null && !path.startsWith("/")) {
            problems.add(node, node.described(), "a path that starts with '/'");
            return null;
        }
        return path;
    }

    private static @Nullable String named(Health health, Health.Kind kind, String usual) {
        return health.kind() == kind ? Objects.requireNonNullElse(health.path(), usual) : null;
    }

    private static void oneWay(Fields fields, Read<Health> read) {
        String way = fields.oneOf(PATH.name(), GRPC.name(), TCP.name());
        if (TCP.name().equals(way) && Boolean.FALSE.equals(read.orNull(TCP))) {
            fields.problem(TCP.name(), "false", "true");
        }
    }

    private static Health health(Read<Health> read) {
        String grpc = read.orNull(GRPC);
        Health.Kind kind =
                read.orNull(TCP) != null ? Health.Kind.TCP : grpc != null ? Health.Kind.GRPC : Health.Kind.HTTP;
        return new Health(
                kind,
                grpc == null ? read.orNull(PATH) : grpc,
                read.of(INTERVAL),
                read.of(TIMEOUT),
                read.of(UNHEALTHY_AFTER),
                read.of(HEALTHY_AFTER));
    }
}
