/**
 * What is seen of requests once they are over: metrics and the access log. Finished exchanges and counters come in from
 * the event loops; text for Prometheus and lines of the log go out. It may use the halls below; a request never waits
 * for it.
 */
package io.laneway.gateway.telemetry;
