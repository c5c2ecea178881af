package io.laneway.control.question;

import io.laneway.control.gateways.KnownGateway;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** A gateway that says nothing to a question, and why. Immutable. */
record Missing(String gateway, String why) {

    static Missing away(KnownGateway gateway) {
        return new Missing(
                gateway.id(), "is not connected; it was heard of last at " + Instant.ofEpochMilli(gateway.seen()));
    }

    static Missing old(KnownGateway gateway) {
        String version = gateway.report().version();
        return new Missing(
                gateway.id(), "does not know such questions (version " + (version.isEmpty() ? "?" : version) + ")");
    }

    static Missing late(String gateway, Duration within) {
        return new Missing(gateway, "did not respond within " + within.toMillis() + " ms");
    }

    JsonObject json() {
        return new JsonObject().put("gateway", gateway).put("why", why);
    }
}
