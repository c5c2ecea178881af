package io.laneway.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that cannot take one by itself and say which. It is below those that the system gives away (Linux:
 * from 32768, RFC 6335: from 49152), as a test beside would be given it before the process takes it. Stateless.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int BEHIND = 32_768;
    private static final int TRIES = 100;

    private FreePort() {}

    /** A port of loopback that was free a moment ago. */
    public static int take() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEHIND);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another one
            }
        }
        throw new IllegalStateException("no free port from " + LOWEST + " to " + BEHIND);
    }
}
