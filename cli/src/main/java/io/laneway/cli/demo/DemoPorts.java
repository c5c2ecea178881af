package io.laneway.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a demo. Immutable.
 *
 * @param outbound the gateway's internal listener, by which services call each other
 * @param services the first of the services' ports
 */
record DemoPorts(int edge, int control, int admin, int outbound, int services) {

    private static final int EDGE = 8080;
    private static final int CONTROL = 9900;

    /** The well-known ports, with services next to the control API's. */
    static final DemoPorts DEFAULT = new DemoPorts(EDGE, CONTROL, CONTROL + 1, CONTROL + 2, CONTROL + 3);

    /** {@code first} and those above it; any free ones if it is 0. */
    static DemoPorts from(int first) {
        return first == 0
                ? new DemoPorts(0, 0, 0, 0, 0)
                : new DemoPorts(first, first + 1, first + 2, first + 3, first + 4);
    }

    /**
     * The first port that another program has, with what it is for, such as {@code 8080 (edge)}; null if all are free. The
     * edge shares its port among event loops, so binding it beside another gateway's would succeed and get half of the
     * calls: each port is tried alone first.
     */
    @Nullable
    String taken() {
        String own = taken(edge, "edge", 1);
        own = own == null ? taken(control, "control API", 1) : own;
        own = own == null ? taken(admin, "admin", 1) : own;
        own = own == null ? taken(outbound, "calls between services", 1) : own;
        return own == null
                ? taken(services, "services", DemoTable.places(services).size())
                : own;
    }

    private static @Nullable String taken(int first, String purpose, int count) {
        for (int port = first; first != 0 && port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                return port + " (" + purpose + ")";
            }
        }
        return null;
    }
}
