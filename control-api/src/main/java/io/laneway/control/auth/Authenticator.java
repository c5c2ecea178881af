package io.laneway.control.auth;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds out who a client is. Safe for many threads; may block, so it is asked on a worker thread. */
public interface Authenticator {

    /**
     * Finds out who presents a credential.
     *
     * @param bearer      the token of the {@code Authorization} header, null if there is none
     * @param certificate the subject of the verified client certificate, null if there is none
     * @return fails with {@link Denied} if they are not known
     */
    Future<Principal> authenticate(@Nullable String bearer, @Nullable String certificate);

    /** Whether principals that were let in still may, by what is known now. Blocks. */
    Predicate<Principal> holding();

    /** The name of the cookie by which sessions of browsers come; empty where there are none. */
    default String sessionCookie() {
        return "";
    }

    /** The session of a cookie, if it holds. Does not block. */
    default Optional<Session> session(String cookie) {
        return Optional.empty();
    }

    /** Whether no credentials are asked for, since no way to authenticate clients is set up. */
    boolean open();
}
