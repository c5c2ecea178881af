package io.laneway.gateway.server.hotrestart;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listening sockets that came from another process, by the listener they are of. Confined to one thread. */
public final class InheritedSockets {

    private static final Logger log = LoggerFactory.getLogger(InheritedSockets.class);

    private final Map<String, List<FileDescriptor>> sockets = new LinkedHashMap<>();

    /** Nothing came. */
    public static InheritedSockets none() {
        return new InheritedSockets();
    }

    void add(String listener, FileDescriptor socket) {
        sockets.computeIfAbsent(listener, key -> new ArrayList<>()).add(socket);
    }

    /** Gives out what came for a listener, to be owned by the caller; empty if nothing did. */
    public List<FileDescriptor> take(String listener) {
        List<FileDescriptor> taken = sockets.remove(listener);
        return taken == null ? List.of() : taken;
    }

    /** Closes what was not taken: listeners that are configured no more. */
    public void closeRest() {
        sockets.forEach((listener, rest) -> {
            log.atInfo().addKeyValue("listener", listener).log("a listener of the process before is given up");
            rest.forEach(InheritedSockets::close);
        });
        sockets.clear();
    }

    private static void close(FileDescriptor socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.atWarn().addKeyValue("reason", e).log("inherited socket not closed");
        }
    }
}
