package io.laneway.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

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
        return first(1);
    }

    /** The first of {@code count} ports of loopback in a row that were free a moment ago. */
    public static int first(int count) {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEHIND - count);
            if (IntStream.range(port, port + count).allMatch(FreePort::isFree)) {
                return port;
            }
        }
        throw new IllegalStateException("no " + count + " free ports in a row from " + LOWEST + " to " + BEHIND);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
