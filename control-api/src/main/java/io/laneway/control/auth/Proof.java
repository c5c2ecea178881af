package io.laneway.control.auth;

import java.util.Objects;

/**
 * What a client showed, for calls that last: as long as it holds, they may. Immutable.
 *
 * @param id    the token's id, the key's fingerprint or the certificate's subject
 * @param until milliseconds since 1970 at which it ends by itself
 * @param begun when the session of a browser began, in milliseconds since 1970; later than all times for what is none
 */
public record Proof(Kind kind, String id, long until, long begun) {

    private static final long NO_SESSION = Long.MAX_VALUE;

    /** How clients are authenticated. */
    public enum Kind {
        /** Not at all, since no way to do it is set up. */
        OPEN,
        TOKEN,
        JWT,
        /** A link that this API signed. */
        LINK,
        CERTIFICATE
    }

    static final Proof OPEN = new Proof(Kind.OPEN, "", Long.MAX_VALUE);

    public Proof {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }

    /** One that is no session. */
    public Proof(Kind kind, String id, long until) {
        this(kind, id, until, NO_SESSION);
    }
}
