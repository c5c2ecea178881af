package io.laneway.gateway.protocol.head;

/**
 * The head of a response in neutral form. Confined to one event loop; owned by the codec that fills it, valid while the
 * event that brings it is handled. What a codec promises is as for {@link RequestHead}.
 */
public final class ResponseHead {

    /** {@link #bodyLength()} of a body that ends when its stream says so. */
    public static final long UNKNOWN_LENGTH = -1;

    private final HeaderLines lines = new HeaderLines();
    private int status;
    private int intactStart = -1;
    private long bodyLength;

    /** Forgets everything; see {@link HeaderLines#clear}. */
    public void clear(int keep) {
        lines.clear(keep);
        status = 0;
        intactStart = -1;
        bodyLength = 0;
    }

    /** Starts a head without lines. */
    public void start(int status) {
        lines.text(StatusLine.of(status));
        this.status = status;
        this.intactStart = 0;
    }

    /** Says that the array starts with a status line, whole with its CRLF if {@code intact}. For the HTTP/1.1 codec. */
    public void startLine(int status, boolean intact) {
        this.status = status;
        this.intactStart = intact ? 0 : -1;
    }

    /** The header lines. */
    public HeaderLines lines() {
        return lines;
    }

    /** The status code, 100 to 999. */
    public int status() {
        return status;
    }

    /** Whether it is interim (1xx). */
    public boolean informational() {
        return status < 200;
    }

    /** Whether it changes to another protocol. */
    public boolean switching() {
        return status == 101;
    }

    /** Whether its status allows no body (RFC 9110 sections 15.3.5 and 15.4.5). */
    public boolean neverHasBody() {
        return status == 204 || status == 304;
    }

    /** 0 where an untouched HTTP/1.1 status line is in the array, else -1: write it from the status. */
    public int intactStart() {
        return intactStart;
    }

    /**
     * Bytes of body to come: 0 for none, {@link #UNKNOWN_LENGTH} if only its end shows. What {@code Content-Length}
     * says of a response to HEAD, or of a 304, is not this.
     */
    public long bodyLength() {
        return bodyLength;
    }

    public void bodyLength(long length) {
        this.bodyLength = length;
    }
}
