package io.laneway.replay.secret;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.redact.RedactionRules;
import io.laneway.replay.redact.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds in a record what looks like a secret nevertheless: what redaction would still replace, and words that are as random
 * as keys are. Confined to one thread.
 */
public final class SecretScan {

    /** Fields whose values are random and no secrets. */
    private static final Set<String> RANDOM = Set.of(
            "traceparent",
            "tracestate",
            "b3",
            "x-b3-traceid",
            "x-b3-spanid",
            "x-b3-parentspanid",
            "sw8",
            "uber-trace-id",
            "x-request-id",
            "x-correlation-id",
            "etag",
            "if-match",
            "if-none-match",
            "sec-websocket-key",
            "sec-websocket-accept",
            "content-digest",
            "repr-digest",
            "digest",
            "content-md5",
            "content-security-policy");

    private final Redactor redactor;

    /** @param keep names that only look as if they were secrets */
    public SecretScan(List<String> keep) {
        RedactionRules rules = new RedactionRules(List.of(), List.of(), List.of(), List.of(), keep);
        this.redactor = Redactor.again(rules, Pseudonyms.random());
    }

    /** What was found, each place once. */
    public List<Finding> findings(RecordedExchange exchange) {
        List<Finding> findings = new ArrayList<>();
        for (String place : redactor.places(exchange)) {
            findings.add(new Finding(place, "is no pseudonym"));
        }
        word(findings, "request.target", exchange.request().target());
        fields(findings, "request.header", exchange.request().headers());
        fields(findings, "request.trailer", exchange.request().trailers());
        body(findings, "request.body", exchange.request().body());
        RecordedResponse response = exchange.response();
        if (response != null) {
            fields(findings, "response.header", response.headers());
            fields(findings, "response.trailer", response.trailers());
            body(findings, "response.body", response.body());
        }
        if (exchange.socket() != null) {
            for (RecordedFrame frame : exchange.socket().frames()) {
                body(findings, frame.place(), frame.payload());
            }
        }
        return findings;
    }

    private static void fields(List<Finding> findings, String place, List<Field> fields) {
        for (Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!RANDOM.contains(name)) {
                word(findings, place + "." + name, field.value());
            }
        }
    }

    private static void body(List<Finding> findings, String place, RecordedBody body) {
        String text = Texts.utf8(body.bytes());
        if (text != null) {
            word(findings, place, text);
        }
    }

    private static void word(List<Finding> findings, String place, String text) {
        int length = RandomWords.longest(text);
        if (length > 0) {
            Finding finding = new Finding(place, "has a word of " + length + " characters as random as a key");
            // frames have one place together
            if (!findings.contains(finding)) {
                findings.add(finding);
            }
        }
    }
}
