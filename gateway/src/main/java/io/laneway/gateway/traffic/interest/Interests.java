package io.laneway.gateway.traffic.interest;

import io.laneway.router.text.Slice;
import java.util.function.Consumer;

/**
 * What is followed of the table. Safe for many threads; looking allocates nothing. What is followed is in the table that is
 * read afterwards.
 */
public interface Interests {

    /** Whether the table says what becomes of requests for this host (without port), in any case. */
    boolean follows(Slice host);

    /** Whether the table says if there is a lane of this slug. */
    boolean followsLane(Slice slug);

    /** Whether an answer can be had now. */
    boolean asks();

    /** Follows a host from now on; the answer is said on any thread, once. */
    void ask(String host, Consumer<Boolean> answered);

    /** Follows a lane from now on. */
    void askLane(String slug, Consumer<Boolean> answered);
}
