package io.laneway.control.auth;

import io.vertx.core.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells who calls. Safe for many threads; may block, so it is asked on a worker thread. */
public interface Authenticator {

    /**
     * Tells who presents a credential.
     *
     * @param bearer      the token of the {@code Authorization} header, null if there is none
     * @param certificate the subject of the verified client certificate, null if there is none
     * @return fails with {@link Denied} if nobody knows them
     */
    Future<Principal> authenticate(@Nullable String bearer, @Nullable String certificate);

    /** Tells of callers who were let in whether they still may, by what is known now. Blocks. */
    Predicate<Principal> holding();

    /** Whether nobody is asked for anything, since no way to tell callers apart is set up. */
    boolean open();
}
