package io.laneway.k8s.testkit.api;

/** An answer of an API server that refuses. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    Refusal(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
