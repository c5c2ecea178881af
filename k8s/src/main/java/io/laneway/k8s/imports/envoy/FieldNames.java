package io.laneway.k8s.imports.envoy;

import java.util.Locale;

/** Names of fields as protobuf's text has them. */
final class FieldNames {

    private FieldNames() {}

    /** A name in {@code snake_case}, also where it is written in {@code camelCase}. */
    static String snake(String key) {
        return key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
