package io.laneway.xds.words;

/** Values of headers as Envoy formats them, where a percent sign begins a command. Stateless. */
public final class Substitution {

    /** The metadata namespace in which each endpoint names its lane, for the response header. */
    public static final String NAMESPACE = "laneway";
    /** The key of the lane's name. */
    public static final String LANE = "lane";

    private Substitution() {}

    /** A text as it stands. */
    public static String plain(String text) {
        return text.replace("%", "%%");
    }

    /** The lane of the endpoint that served. */
    public static String servedLane() {
        return "%UPSTREAM_METADATA(" + NAMESPACE + ":" + LANE + ")%";
    }
}
