package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.policy.Balancer;
import org.jspecify.annotations.Nullable;

/**
 * The form of a balancer: {@code least-request}, {@code round-robin}, or <code>{ring-hash: …}</code> with what is hashed:
 * <code>{header: x-user}</code>, <code>{cookie: user}</code> or {@code source}.
 */
final class BalancerForm {

    static final String RING_HASH = "ring-hash";

    private static final String EXPECTED = "least-request, round-robin or {ring-hash: {header: <name>}}";

    private BalancerForm() {}

    static @Nullable Balancer read(Node node, Problems problems) {
        if (node instanceof Scalar scalar) {
            return word(scalar, problems);
        }
        Fields fields = Fields.of(node, problems);
        Balancer balancer = fields.object(RING_HASH, BalancerForm::ringHash);
        fields.end();
        return balancer;
    }

    private static @Nullable Balancer word(Scalar scalar, Problems problems) {
        return switch (scalar.text()) {
            case "least-request" -> Balancer.LEAST_REQUEST;
            case "round-robin" -> Balancer.ROUND_ROBIN;
            case RING_HASH -> refuse(scalar, "ring-hash without a key", "{ring-hash: {header: <name>}}", problems);
            default -> refuse(scalar, scalar.described(), EXPECTED, problems);
        };
    }

    private static @Nullable Balancer ringHash(Node node, Problems problems) {
        if (node instanceof Scalar scalar) {
            return scalar.text().equals("source")
                    ? new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, "")
                    : refuse(node, node.described(), "{header: <name>}, {cookie: <name>} or source", problems);
        }
        Fields fields = Fields.of(node, problems);
        String key = fields.oneOf("header", "cookie");
        String name = key == null ? "" : fields.text(key);
        Balancer.Key kind = "cookie".equals(key) ? Balancer.Key.COOKIE : Balancer.Key.HEADER;
        return fields.build(() -> new Balancer(Balancer.Kind.RING_HASH, kind, name));
    }

    private static @Nullable Balancer refuse(Node node, String what, String expected, Problems problems) {
        problems.add(node, what, expected);
        return null;
    }
}
