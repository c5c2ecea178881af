package io.laneway.replay.redact;

import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.RecordedSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of records, before they leave the process, and says in each where one was. Confined to one thread.
 *
 * <p>By name first (fields, cookies, parameters, members, elements), then by looks, then wherever a value is that had a name
 * elsewhere in the same record.
 */
public final class Redactor {

    private final NamedSecrets named;
    private final Pseudonyms pseudonyms;
    private final boolean again;

    private Redactor(RedactionRules rules, Pseudonyms pseudonyms, boolean again) {
        this.named = new NamedSecrets(rules);
        this.pseudonyms = pseudonyms;
        this.again = again;
    }

    /** For records as they were on the wire. */
    public static Redactor of(RedactionRules rules, Pseudonyms pseudonyms) {
        return new Redactor(rules, pseudonyms, false);
    }

    /** For records that were redacted before: their pseudonyms stay. */
    public static Redactor again(RedactionRules rules, Pseudonyms pseudonyms) {
        return new Redactor(rules, pseudonyms, true);
    }

    /** The places where there is something to redact. */
    public List<String> places(RecordedExchange exchange) {
        Replacements replacements = replacements();
        redact(exchange, replacements);
        return replacements.places();
    }

    /** The record with pseudonyms in place of its secrets. */
    public RecordedExchange redact(RecordedExchange exchange) {
        return redact(exchange, replacements());
    }

    /** For a record, or for those of one WebSocket. */
    Replacements replacements() {
        return new Replacements(pseudonyms, again);
    }

    RecordedExchange redact(RecordedExchange exchange, Replacements replacements) {
        TextRedactor text = new TextRedactor(named, replacements);
        FieldRedactor fields = new FieldRedactor(named, replacements, text);
        BodyRedactor bodies = new BodyRedactor(named, replacements, text);
        RecordedRequest request = request(exchange.request(), text, fields, bodies);
        RecordedResponse response = response(exchange.response(), fields, bodies);
        RecordedSocket socket = socket(exchange, bodies, replacements);
        String id = text.shapes(exchange.id(), "id");
        RecordedDecision decision = decision(exchange.decision(), text);
        TracedSecrets traced = new TracedSecrets(replacements.traced());
        Set<String> places = new LinkedHashSet<>(exchange.redacted());
        places.addAll(replacements.places());
        List<String> said = new ArrayList<>();
        places.forEach(place -> said.add(traced.text(place)));
        return new RecordedExchange(
                traced.text(id),
                exchange.trace(),
                exchange.client(),
                exchange.time(),
                exchange.firstByte(),
                exchange.duration(),
                decision,
                without(request, traced),
                response == null ? null : without(response, traced),
                socket == null ? null : without(socket, traced),
                exchange.failure(),
                said);
    }

    private static RecordedRequest request(
            RecordedRequest request, TextRedactor text, FieldRedactor fields, BodyRedactor bodies) {
        return new RecordedRequest(
                request.protocol(),
                request.method(),
                request.scheme(),
                text.authority(request.authority(), "request.authority"),
                text.address(request.target(), "request.query"),
                fields.redact(request.headers(), "request.header"),
                bodies.redact(request.body(), request.headers(), "request.body"),
                fields.redact(request.trailers(), "request.trailer"));
    }

    private static @Nullable RecordedResponse response(
            @Nullable RecordedResponse response, FieldRedactor fields, BodyRedactor bodies) {
        return response == null
                ? null
                : new RecordedResponse(
                        response.status(),
                        fields.redact(response.headers(), "response.header"),
                        bodies.redact(response.body(), response.headers(), "response.body"),
                        fields.redact(response.trailers(), "response.trailer"));
    }

    private static @Nullable RecordedSocket socket(
            RecordedExchange exchange, BodyRedactor bodies, Replacements replacements) {
        RecordedResponse response = exchange.response();
        if (exchange.socket() == null) {
            return null;
        }
        String protocol = response == null ? null : Fields.first(response.headers(), "sec-websocket-protocol");
        String offered = Fields.all(exchange.request().headers(), "sec-websocket-protocol");
        String said = protocol == null || protocol.isBlank() ? offered : protocol;
        return new FrameRedactor(bodies, replacements).redact(exchange.socket(), said);
    }

    private static RecordedDecision decision(RecordedDecision decision, TextRedactor text) {
        return new RecordedDecision(
                decision.gateway(),
                decision.service(),
                decision.route(),
                text.shapes(decision.tenant(), "tenant"),
                text.shapes(decision.requested(), "lane"),
                decision.served(),
                decision.reason(),
                decision.revision());
    }

    private static RecordedRequest without(RecordedRequest request, TracedSecrets traced) {
        return new RecordedRequest(
                request.protocol(),
                request.method(),
                request.scheme(),
                traced.text(request.authority()),
                traced.text(request.target()),
                traced.fields(request.headers()),
                traced.body(request.body()),
                traced.fields(request.trailers()));
    }

    private static RecordedSocket without(RecordedSocket socket, TracedSecrets traced) {
        return socket.with(socket.frames().stream()
                .map(frame -> frame.with(traced.body(frame.payload())))
                .toList());
    }

    private static RecordedResponse without(RecordedResponse response, TracedSecrets traced) {
        return new RecordedResponse(
                response.status(),
                traced.fields(response.headers()),
                traced.body(response.body()),
                traced.fields(response.trailers()));
    }
}
