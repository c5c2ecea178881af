package io.laneway.router.model.service;

import java.util.Locale;

/** What a deployment's port speaks. */
public enum Protocol {
    /** HTTP/1.1 for what that can carry, HTTP/2 for gRPC and for endpoints that speak nothing else; over TLS where it is set. */
    AUTO,
    /** HTTP/1.1 in the clear. */
    HTTP1,
    /** HTTP/2 in the clear, with prior knowledge. */
    H2C,
    /** HTTP/1.1 over TLS. */
    HTTPS,
    /** HTTP/2 over TLS. */
    H2;

    /** Whether it runs over TLS. */
    public boolean secure() {
        return this == HTTPS || this == H2;
    }

    /** Whether it is HTTP/2 and nothing else. */
    public boolean http2() {
        return this == H2C || this == H2;
    }

    /** The word in the document, such as {@code h2c}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
