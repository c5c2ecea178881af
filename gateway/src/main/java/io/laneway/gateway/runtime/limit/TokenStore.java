package io.laneway.gateway.runtime.limit;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where gateways reserve tokens of the rates that they share. Called by one thread, which may wait for a connection but not
 * for a response; completes on any.
 */
public interface TokenStore extends AutoCloseable {

    /**
     * What is to be reserved for one key. Immutable.
     *
     * @param key      service and what is counted apart
     * @param interval nanoseconds between two tokens
     * @param depth    how far ahead of that they may be, in nanoseconds
     * @param tokens   wanted, at least one
     */
    record Order(String key, long interval, long depth, int tokens) {}

    /**
     * What was reserved. Immutable.
     *
     * @param tokens 0 to those wanted
     * @param next   nanoseconds until there is another one, 0 if all that were wanted have been reserved
     */
    record Grant(int tokens, long next) {}

    /** Reserves in one round trip, with grants in the order of the orders; fails if the store cannot be reached. */
    CompletionStage<List<Grant>> reserve(List<Order> orders);

    /** Says that this gateway is there; completes with how many are. Connects if there is no connection yet. */
    CompletionStage<Integer> present();

    @Override
    void close();
}
