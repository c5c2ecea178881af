package io.laneway.gateway.runtime.eventloop;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes of a connection go that do not have to be read here; asked before each time that some are moved. Confined to
 * one event loop.
 */
public interface Bypass {

    /** The connection that gets the next bytes as they are; null if they are to be read. */
    @Nullable
    Channel target();

    /** How many of the next bytes do not have to be read; 0 or less for none. */
    long most();

    /** So many bytes, at most {@link #most}, went to the {@link #target} unread. */
    void passed(int bytes);
}
