package io.laneway.xds.resource;

/** Values of headers as Envoy formats them, where a percent sign begins a command. Stateless. */
final class Substitution {

    private Substitution() {}

    /** A text as it stands. */
    static String plain(String text) {
        return text.replace("%", "%%");
    }

    /** The lane of the endpoint that served. */
    static String servedLane() {
        return "%UPSTREAM_METADATA(" + Assignments.NAMESPACE + ":" + Assignments.LANE + ")%";
    }
}
