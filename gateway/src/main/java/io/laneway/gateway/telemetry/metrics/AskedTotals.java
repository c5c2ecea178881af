package io.laneway.gateway.telemetry.metrics;

/**
 * What was counted since the start of the requests that asked for a lane, in whichever lane they were served. Immutable.
 *
 * @param errors responses of 500 and above, and calls of gRPC that ended with a status that says as much
 */
public record AskedTotals(long requests, long errors) {}
