package io.laneway.replay.redact;

import io.laneway.replay.form.RecordedExchange;

/**
 * Redacts the parts of one WebSocket, one after the other: a secret of one is taken out of those that follow. Confined to
 * one thread.
 */
public final class RedactionSession {

    private final Redactor redactor;
    private final Replacements replacements;

    /** For the parts of one WebSocket, by this redactor. */
    public RedactionSession(Redactor redactor) {
        this.redactor = redactor;
        this.replacements = redactor.replacements();
    }

    /** The next part with pseudonyms in place of its secrets. */
    public RecordedExchange redact(RecordedExchange part) {
        replacements.next();
        return redactor.redact(part, replacements);
    }
}
