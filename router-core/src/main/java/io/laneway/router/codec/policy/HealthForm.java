package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Health;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The forms of the parts of a policy that judge endpoints: ejection and health checks. */
final class HealthForm {

    /** What {@code ejection: off} means. */
    static final Ejection NO_EJECTION = new Ejection(0, Ejection.DEFAULT.time(), Ejection.DEFAULT.maxShare());

    static final Duration INTERVAL = Duration.ofSeconds(5);
    static final Duration TIMEOUT = Duration.ofSeconds(1);
    static final int UNHEALTHY_AFTER = 3;
    static final int HEALTHY_AFTER = 2;

    private HealthForm() {}

    static @Nullable Ejection ejection(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int consecutive = fields.integer("consecutive5xx", 0, Integer.MAX_VALUE, Ejection.DEFAULT.consecutive5xx());
        Duration time = fields.duration("for", Ejection.DEFAULT.time());
        int maxShare = fields.percent("maxShare", Ejection.DEFAULT.maxShare());
        return fields.build(() -> new Ejection(consecutive, time, maxShare));
    }

    static @Nullable Health health(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String key = fields.oneOf("path", "grpc", "tcp");
        Health.Kind kind = kind(fields, key);
        String path = path(fields, kind);
        Duration interval = fields.duration("interval", INTERVAL);
        Duration timeout = fields.duration("timeout", TIMEOUT);
        int unhealthyAfter = fields.integer("unhealthyAfter", 1, Integer.MAX_VALUE, UNHEALTHY_AFTER);
        int healthyAfter = fields.integer("healthyAfter", 1, Integer.MAX_VALUE, HEALTHY_AFTER);
        return fields.build(() -> new Health(kind, path, interval, timeout, unhealthyAfter, healthyAfter));
    }

    private static Health.Kind kind(Fields fields, @Nullable String key) {
        if ("tcp".equals(key)) {
            if (!fields.bool("tcp", true)) {
                fields.problem("tcp", "false", "true");
            }
            return Health.Kind.TCP;
        }
        return "grpc".equals(key) ? Health.Kind.GRPC : Health.Kind.HTTP;
    }

    private static @Nullable String path(Fields fields, Health.Kind kind) {
        return switch (kind) {
            case TCP -> null;
            case GRPC -> fields.text("grpc", "");
            case HTTP -> {
                String path = fields.text("path", "/");
                if (!path.startsWith("/")) {
                    fields.problem("path", "'" + path + "'", "a path that starts with '/'");
                }
                yield path;
            }
        };
    }
}
