package io.laneway.gateway.runtime.config;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The document forms of timeouts, limits, headers, overload and what is remembered. Their records check the ranges. */
final class LimitForms {

    private static final double PERCENT = 100;

    private LimitForms() {}

    static @Nullable TimeoutsConfig timeouts(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Duration head = fields.duration("head", TimeoutsConfig.DEFAULT.head());
        Duration body = fields.isOff("body") ? Duration.ZERO : fields.duration("body", TimeoutsConfig.DEFAULT.body());
        Duration idle = fields.duration("idle", TimeoutsConfig.DEFAULT.idle());
        Duration drain = fields.duration("drain", TimeoutsConfig.DEFAULT.drain());
        return fields.build(() -> new TimeoutsConfig(head, body, idle, drain));
    }

    static @Nullable LimitsConfig limits(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        LimitsConfig otherwise = LimitsConfig.DEFAULT;
        int headBytes = fields.integer("headBytes", 512, 1 << 20, otherwise.headBytes());
        int uriBytes = fields.integer("uriBytes", 64, 1 << 20, otherwise.uriBytes());
        int headers = fields.integer("headers", 8, 10_000, otherwise.headers());
        int connections = fields.integer("connections", 0, Integer.MAX_VALUE, otherwise.connections());
        return fields.build(() -> new LimitsConfig(headBytes, uriBytes, headers, connections));
    }

    static @Nullable HeadersConfig headers(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        boolean decision = fields.bool("decision", HeadersConfig.DEFAULT.decision());
        boolean via = fields.bool("via", HeadersConfig.DEFAULT.via());
        boolean server = fields.bool("server", HeadersConfig.DEFAULT.server());
        boolean requestId = fields.bool("requestId", HeadersConfig.DEFAULT.requestId());
        return fields.build(() -> new HeadersConfig(decision, via, server, requestId));
    }

    static @Nullable MetricsConfig metrics(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int series = fields.integer("series", MetricsConfig.LEAST, MetricsConfig.MOST, MetricsConfig.DEFAULT.series());
        return fields.build(() -> new MetricsConfig(series));
    }

    static @Nullable RequestsConfig requests(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int remembered = fields.object("remembered", LimitForms::remembered, RequestsConfig.AUTO);
        return fields.build(() -> new RequestsConfig(remembered));
    }

    private static @Nullable Integer remembered(Node node, Problems problems) {
        if (node instanceof Scalar scalar) {
            if (scalar.text().equals("auto")) {
                return RequestsConfig.AUTO;
            }
            if (scalar.kind() == Scalar.Kind.INTEGER && scalar.text().matches("\\d{1,8}")) {
                int remembered = Integer.parseInt(scalar.text());
                if (remembered <= RequestsConfig.MOST) {
                    return remembered;
                }
            }
        }
        problems.add(node, node.described(), "auto or 0 to " + RequestsConfig.MOST);
        return null;
    }

    static @Nullable OverloadConfig overload(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        OverloadConfig otherwise = OverloadConfig.DEFAULT;
        int maxRequests = fields.integer("maxRequests", 0, Integer.MAX_VALUE, otherwise.maxRequests());
        int memory = fields.percent("memory", (int) Math.round(otherwise.memoryShare() * PERCENT));
        Duration loopLag = fields.duration("loopLag", otherwise.loopLag());
        return fields.build(() -> new OverloadConfig(maxRequests, memory / PERCENT, loopLag));
    }
}
