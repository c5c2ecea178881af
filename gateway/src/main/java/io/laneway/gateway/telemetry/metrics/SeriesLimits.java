package io.laneway.gateway.telemetry.metrics;

/**
 * How the lines of an exposition are shared among its families. Immutable. What is left is for the sums of all others, the
 * process, listeners and the table.
 *
 * @param deployments durations, connections and all else that is counted of a deployment
 * @param requests    by reason and code, of lanes; as many again of whole services
 * @param fallbacks   of lanes; as many again of whole services
 * @param violations  of HTTP by endpoints
 */
record SeriesLimits(int deployments, int requests, int fallbacks, int violations) {

    static SeriesLimits of(int series) {
        return new SeriesLimits(percent(series, 55), percent(series, 15), percent(series, 5), percent(series, 1));
    }

    private static int percent(int series, int part) {
        return (int) ((long) series * part / 100);
    }
}
