package io.laneway.gateway.traffic.link;

import io.laneway.gateway.traffic.verified.VerifiedTexts;
import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** The links of one listener: those that were verified, and what was counted. Safe for many threads. */
public final class ListenerLinks {

    private static final int SETS = 512;
    private static final long ROOM = 4L << 20;

    private final String listener;
    private final Executor worker;
    private final VerifiedTexts<VerifiedLink> cache = new VerifiedTexts<>(SETS, ROOM);
    private final List<LinkCounts> loops = new CopyOnWriteArrayList<>();

    ListenerLinks(String listener, Executor worker) {
        this.listener = listener;
        this.worker = worker;
    }

    /** For one event loop more. */
    LinkCounts newCounts() {
        LinkCounts counts = new LinkCounts();
        loops.add(counts);
        return counts;
    }

    VerifiedTexts<VerifiedLink> cache() {
        return cache;
    }

    /** Has a link verified, and says on another thread what came of it, nothing if it is forged; false if too many wait. */
    boolean verify(LaneLink link, LinkKey key, long nowMillis, Consumer<Optional<VerifiedLink>> done) {
        try {
            worker.execute(() -> done.accept(verified(link, key, nowMillis)));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private Optional<VerifiedLink> verified(LaneLink link, LinkKey key, long nowMillis) {
        if (!key.signed(link)) {
            return Optional.empty();
        }
        VerifiedLink verified = new VerifiedLink(link, key);
        cache.add(verified, nowMillis);
        return Optional.of(verified);
    }

    /** The listener's name. */
    public String listener() {
        return listener;
    }

    /** How often that came of a link. */
    public long count(LinkOutcome outcome) {
        return loops.stream().mapToLong(loop -> loop.of(outcome).get()).sum();
    }
}
