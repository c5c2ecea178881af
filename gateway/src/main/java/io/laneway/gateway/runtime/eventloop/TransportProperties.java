package io.laneway.gateway.runtime.eventloop;

/**
 * What Netty reads of io_uring from system properties. It reads them once, when any code first asks for io_uring, and Vert.x
 * does: so this comes before the first Vert.x of a process. Properties that are set are left. Stateless.
 */
public final class TransportProperties {

    private static final String RECEIVE_ON = "io.netty.iouring.recvMultiShotEnabled";
    private static final String POLL_ON = "io.netty.iouring.pollAddMultishotEnabled";
    private static final String ACCEPT_ON = "io.netty.iouring.acceptMultiShotEnabled";

    private TransportProperties() {}

    /** Sets them; said again, it does nothing. */
    public static void settle() {
        // A receive that repeats itself is started again by Netty when the ring of buffers ran dry, without a look
        // at whether the channel is paused: clients that do not read would grow memory without bound.
        offUnlessSet(RECEIVE_ON);
        // A poll that repeats itself reports a reset once. Where bytes came before it, Netty takes the report for
        // theirs, reads them, and waits for another: the channel stays open for good. Used where there is no ring of
        // buffers.
        offUnlessSet(POLL_ON);
        // An accept that repeats itself is started again by Netty when it fails, paused or not: without file
        // descriptors a loop would do little else.
        offUnlessSet(ACCEPT_ON);
    }

    private static void offUnlessSet(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "false");
        }
    }
}
