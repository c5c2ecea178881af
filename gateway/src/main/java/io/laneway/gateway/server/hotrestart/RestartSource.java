package io.laneway.gateway.server.hotrestart;

import io.netty.channel.unix.FileDescriptor;
import java.util.List;
import java.util.Map;

/** What a running process gives to the one that replaces it. Called on a thread that may block. */
public interface RestartSource {

    /** The listening sockets by listener, as far as a process that drives its sockets that way can take them. */
    Map<String, List<FileDescriptor>> sockets(String transport);

    /** Closes the admin interface, since two processes cannot have one address. */
    void freeAdmin();

    /** Opens it again, as the other process failed to start. */
    void reclaimAdmin();

    /** The other process serves: accepts no more, and drains. */
    void leave();
}
