package io.laneway.k8s.envoy;

/**
 * The place where a rule looks for a lane, and the value it looks for. Immutable.
 *
 * @param header true for a header, false for a query parameter
 */
record Marker(boolean header, String name, String value) {

    /** The place alone, such as {@code header x-env}. */
    String place() {
        return (header ? "header " : "query parameter ") + name;
    }
}
