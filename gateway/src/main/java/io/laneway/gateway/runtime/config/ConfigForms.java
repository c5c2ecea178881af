package io.laneway.gateway.runtime.config;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The document forms of values that several parts of the configuration have. Stateless. */
final class ConfigForms {

    private ConfigForms() {}

    /** The word of an enum constant: its name in lower case. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Address address(Node node, Problems problems) {
        if (!(node instanceof Scalar scalar)) {
            problems.add(node, node.described(), "host:port");
            return null;
        }
        try {
            return Address.parse(scalar.text());
        } catch (IllegalArgumentException e) {
            problems.add(node, node.described(), "host:port, IPv6 in brackets, port 0 to 65535");
            return null;
        }
    }
}
