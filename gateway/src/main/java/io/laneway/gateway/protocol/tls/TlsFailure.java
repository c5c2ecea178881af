package io.laneway.gateway.protocol.tls;

/** TLS that cannot be set up as configured; the message names the file and what is wrong with it. */
public final class TlsFailure extends Exception {

    private static final long serialVersionUID = 1L;

    TlsFailure(String message) {
        super(message);
    }

    TlsFailure(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
