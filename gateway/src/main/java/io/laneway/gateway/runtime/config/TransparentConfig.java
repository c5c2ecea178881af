package io.laneway.gateway.runtime.config;

import java.time.Duration;
import java.util.Objects;

/**
 * A listener to which the system redirects connections that were meant for other addresses. Immutable.
 * docs/how-to/transparent-sidecar.md.
 *
 * @param direction whose connections come
 * @param detect    how long a client may be silent before the destination is connected to, as the server may speak first
 * @param idle      how long a connection that is not HTTP may be without a byte
 */
public record TransparentConfig(Direction direction, Duration detect, Duration idle) {

    public static final Duration DETECT = Duration.ofMillis(200);

    public static final Duration IDLE = Duration.ofHours(1);

    /** Of times that a client may be silent, after it has sent what may be the beginning of a request. */
    private static final int PATIENCE = 25;

    /** Whose connections are redirected to a listener. */
    public enum Direction {
        /** Those that others open to the application beside the gateway. */
        INBOUND,
        /** Those that the application beside the gateway opens. */
        OUTBOUND
    }

    public TransparentConfig {
        Objects.requireNonNull(direction, "direction");
        if (detect.toMillis() < 1 || detect.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("detect: " + detect + " (expected: 1ms to 1m)");
        }
        if (idle.toMillis() < 1) {
            throw new IllegalArgumentException("idle: " + idle + " (expected: > 0)");
        }
    }

    /**
     * How long a client that has begun with what may be HTTP or TLS, and stopped, is waited for before its bytes are passed on
     * as they are.
     */
    public Duration patience() {
        return detect.multipliedBy(PATIENCE);
    }

    /** That direction with the default times. */
    public static TransparentConfig of(Direction direction) {
        return new TransparentConfig(direction, DETECT, IDLE);
    }

    /** Whether what comes is for the application beside the gateway. */
    public boolean inbound() {
        return direction == Direction.INBOUND;
    }

    /**
     * Checks what such a listener cannot have.
     *
     * @throws IllegalArgumentException if it is external, ends TLS or expects a PROXY header
     */
    static void check(Trust trust, boolean tls, boolean proxyProtocol) {
        if (trust == Trust.EXTERNAL) {
            throw new IllegalArgumentException("transparent: on an external listener (expected: trust: internal)");
        }
        if (tls) {
            throw new IllegalArgumentException("transparent: on a listener with tls (expected: one of both)");
        }
        if (proxyProtocol) {
            throw new IllegalArgumentException("transparent: on a listener with proxyProtocol (expected: one of both)");
        }
    }
}
