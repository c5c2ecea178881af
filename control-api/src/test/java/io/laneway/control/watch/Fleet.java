package io.laneway.control.watch;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A fleet of gateways in regions, and how one change, or a whole table, reaches them: each sender has event loops that write
 * to one gateway after the other, and a link of its own that bytes share; a gateway reads after half a round trip and
 * applies. Deterministic by its seed. Times are microseconds, sizes bytes.
 *
 * @param gateways all of them, divided evenly over the regions
 * @param regions  the first of them has the store
 * @param sender   whether each region has senders of its own: replicas, relays or a copy of the topic
 * @param loops    event loops of one region's senders
 */
record Fleet(int gateways, int regions, boolean sender, int loops) {

    /** Half a round trip within a region and between two, and what one write and one apply take; the measured points. */
    private static final long NEAR = 250;

    private static final long FAR = 40_000;
    private static final double WRITE = 65;
    private static final double APPLY = 300;

    /** Bytes a microsecond: 1 Gbit/s. */
    private static final double LINK = 125;

    /** What came of sending. Immutable. */
    record Sent(long messages, long bytes, long betweenRegions, long lastMicros) {}

    /** Sends one event of so many bytes to each gateway, from the moment of its commit. */
    Sent send(long bytes) {
        SplittableRandom chance = new SplittableRandom(gateways);
        long last = 0;
        long between = 0;
        int here = sender ? 1 : regions;
        for (int region = 0; region < regions; region += here) {
            int receivers = sender ? share(region) : gateways;
            double start = sender && region > 0 ? FAR + bytes / LINK : 0;
            between += sender ? (region > 0 ? bytes : 0) : (gateways - share(0)) * bytes;
            last = Math.max(last, region(receivers, start, bytes, chance));
        }
        return new Sent(gateways, gateways * bytes, between, last);
    }

    private int share(int region) {
        return gateways / regions + (region < gateways % regions ? 1 : 0);
    }

    /** When the last gateway of a sender has applied what it sends from a moment on. */
    private long region(int receivers, double start, long bytes, SplittableRandom chance) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int loop = 0; loop < loops; loop++) {
            free.add(start);
        }
        double link = start;
        double last = start;
        int near = sender ? receivers : share(0);
        for (int i = 0; i < receivers; i++) {
            double written = free.remove() + WRITE;
            free.add(written);
            link = Math.max(link, written) + bytes / LINK;
            double arrived = link + (i < near ? NEAR : FAR) * (1 + chance.nextDouble() / 10);
            last = Math.max(last, arrived + APPLY * (1 + chance.nextDouble()));
        }
        return Math.round(last);
    }
}
