package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What is logged of an endpoint that does not do as it should. Immutable. */
public record EndpointReports(LiveEndpoint endpoint, DeploymentStats stats) {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointReports.class);

    void violation(Violation violation, String detail) {
        about(Level.WARN)
                .addKeyValue("rule", violation.word())
                .addKeyValue("problem", detail)
                .log("an endpoint's response breaks HTTP and is not passed on");
    }

    void otherProtocol(Level level, Failure failure) {
        about(level)
                .addKeyValue("reason", failure.detail())
                .log("an upstream does not speak the protocol of a request");
    }

    void unsolicitedBytes() {
        about(Level.WARN).log("an endpoint sent unsolicited bytes: its connections are not used again for a minute");
    }

    private LoggingEventBuilder about(Level level) {
        return LOG.atLevel(level)
                .addKeyValue("service", stats.service())
                .addKeyValue("lane", stats.lane())
                .addKeyValue("endpoint", endpoint.address());
    }
}
