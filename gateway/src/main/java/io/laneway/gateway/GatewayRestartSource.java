package io.laneway.gateway;

import io.laneway.gateway.server.admin.AdminServer;
import io.laneway.gateway.server.hotrestart.RestartSource;
import io.laneway.gateway.server.listener.DataPlane;
import io.netty.channel.unix.FileDescriptor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway gives to the process that replaces it. Immutable.
 *
 * @param startAdmin opens the admin interface, or throws {@link IllegalStateException}
 * @param drain      leaves new connections to the other process and drains
 */
record GatewayRestartSource(DataPlane dataPlane, Runnable startAdmin, AdminServer admin, Runnable drain)
        implements RestartSource {

    private static final Logger log = LoggerFactory.getLogger(GatewayRestartSource.class);

    /** The other process may need a moment to end, and its sockets with it. */
    private static final int TRIES = 50;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    @Override
    public Map<String, List<FileDescriptor>> sockets(String transport) {
        return dataPlane.inheritable(transport);
    }

    @Override
    public void freeAdmin() {
        admin.close();
    }

    @Override
    public void reclaimAdmin() {
        for (int i = 1; i <= TRIES; i++) {
            try {
                startAdmin.run();
                return;
            } catch (IllegalStateException e) {
                if (i == TRIES) {
                    log.atError().setCause(e).log("the admin interface could not be opened again");
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    @Override
    public void leave() {
        log.atInfo().log("another process has taken over");
        drain.run();
    }
}
