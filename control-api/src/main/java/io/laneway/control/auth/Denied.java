package io.laneway.control.auth;

/** A client may not do this: 401 if it is not known, 403 if it is known and may not. */
public final class Denied extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;

    private Denied(int status, String detail) {
        super(detail);
        this.status = status;
        this.detail = detail;
    }

    public static Denied unknown(String detail) {
        return new Denied(401, detail);
    }

    public static Denied insufficient(String detail) {
        return new Denied(403, detail);
    }

    /** What the response says. */
    public String detail() {
        return detail;
    }

    public int status() {
        return status;
    }
}
