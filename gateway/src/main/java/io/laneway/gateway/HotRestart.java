package io.laneway.gateway;

import io.laneway.gateway.server.hotrestart.InheritedSockets;
import io.laneway.gateway.server.hotrestart.RestartClient;
import io.laneway.gateway.server.hotrestart.RestartServer;
import io.laneway.gateway.server.hotrestart.RestartSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process that this gateway replaces and the one that replaces it, if hot restart is configured. Safe for many
 * threads.
 */
final class HotRestart implements AutoCloseable {

    private final @Nullable Path path;
    private volatile @Nullable RestartServer server;

    /** @param path the Unix domain socket of both processes; null for no hot restart */
    HotRestart(@Nullable Path path) {
        this.path = path;
    }

    /** Asks the running process for what it has, if there is one. */
    Claim claim(String transport) {
        RestartClient predecessor = path == null ? null : RestartClient.at(path);
        if (predecessor == null) {
            return new Claim(null, InheritedSockets.none());
        }
        try {
            return new Claim(predecessor, predecessor.sockets(transport));
        } catch (IllegalStateException e) {
            predecessor.close();
            throw e;
        }
    }

    /** Waits for the process that replaces this one. */
    void await(RestartSource source) {
        if (path != null) {
            server = RestartServer.await(path, source);
        }
    }

    @Override
    public void close() {
        RestartServer open = server;
        if (open != null) {
            open.close();
        }
    }

    /** A hot restart in progress, seen from the new process. Confined to one thread. */
    record Claim(@Nullable RestartClient predecessor, InheritedSockets sockets) implements AutoCloseable {

        /** Whether there is a running process to replace. */
        boolean hasPredecessor() {
            return predecessor != null;
        }

        void freeAdmin() {
            if (predecessor != null) {
                predecessor.freeAdmin();
            }
        }

        void serving() {
            if (predecessor != null) {
                predecessor.leave();
            }
        }

        @Override
        public void close() {
            if (predecessor != null) {
                predecessor.close();
            }
        }
    }
}
