package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of finished exchanges. Stateless. */
final class ExchangeRecords {

    private ExchangeRecords() {}

    /** The record of an exchange, with its secrets; the client is what stands for its address. */
    static RecordedExchange of(
            HeldHeads heads, RecordedBody request, RecordedBody response, Facts facts, String gateway, String client) {
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
                        request,
                        HeldHeads.fields(heads.requestTrailers)),
                response(heads, response, facts),
                facts.failure(),
                List.of());
    }

    /** A response of the gateway's own has a status alone. */
    private static @Nullable RecordedResponse response(HeldHeads heads, RecordedBody body, Facts facts) {
        if (facts.status() == 0) {
            return null;
        }
        List<Field> fields = HeldHeads.fields(heads.response);
        return new RecordedResponse(facts.status(), fields, body, HeldHeads.fields(heads.responseTrailers));
    }
}
