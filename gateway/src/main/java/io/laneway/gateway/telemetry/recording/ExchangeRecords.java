package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of finished exchanges. Stateless. */
final class ExchangeRecords {

    private ExchangeRecords() {}

    /**
     * The record of an exchange, with its secrets.
     *
     * @param bodies how much of each body is kept
     * @param client stands for the client's address
     */
    static RecordedExchange of(
            RecordedExchangeInFlight exchange, Facts facts, String gateway, int bodies, String client) {
        HeldHeads heads = exchange.heads();
        return new RecordedExchange(
                facts.id(),
                facts.trace(),
                client,
                facts.time(),
                facts.firstByte(),
                facts.duration(),
                new RecordedDecision(
                        gateway,
                        facts.service(),
                        "",
                        facts.tenant(),
                        facts.requested(),
                        facts.served(),
                        facts.reason(),
                        facts.revision()),
                new RecordedRequest(
                        facts.protocol(),
                        heads.method,
                        heads.scheme,
                        heads.authority,
                        heads.target,
                        HeldHeads.fields(heads.request),
                        exchange.request().body(bodies),
                        HeldHeads.fields(heads.requestTrailers)),
                response(exchange, facts, bodies),
                facts.failure(),
                List.of());
    }

    /** A response of the gateway's own has a status alone. */
    private static @Nullable RecordedResponse response(RecordedExchangeInFlight exchange, Facts facts, int bodies) {
        if (facts.status() == 0) {
            return null;
        }
        HeldHeads heads = exchange.heads();
        List<Field> fields = HeldHeads.fields(heads.response);
        return new RecordedResponse(
                facts.status(), fields, exchange.response().body(bodies), HeldHeads.fields(heads.responseTrailers));
    }
}
