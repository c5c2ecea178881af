package io.laneway.router.policy;

import java.util.Objects;

/**
 * How an endpoint of a deployment is picked. Immutable.
 *
 * @param key  what a ring hash hashes; {@link Key#SOURCE} otherwise
 * @param name the header or cookie name of that key, empty otherwise
 */
public record Balancer(Kind kind, Key key, String name) {

    /** The better of two endpoints by requests in flight. */
    public static final Balancer LEAST_REQUEST = new Balancer(Kind.LEAST_REQUEST, Key.SOURCE, "");

    /** Each endpoint in turn, by weight. */
    public static final Balancer ROUND_ROBIN = new Balancer(Kind.ROUND_ROBIN, Key.SOURCE, "");

    /** The policies. */
    public enum Kind {
        LEAST_REQUEST,
        ROUND_ROBIN,
        RING_HASH
    }

    /** What a ring hash hashes. */
    public enum Key {
        HEADER,
        COOKIE,
        SOURCE
    }

    public Balancer {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(name, "name");
    }
}
