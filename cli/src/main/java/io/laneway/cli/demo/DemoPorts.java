package io.laneway.cli.demo;

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
}
