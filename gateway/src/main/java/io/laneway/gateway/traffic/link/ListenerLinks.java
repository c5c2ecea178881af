package io.laneway.gateway.traffic.link;

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

    private final String listener;
    private final Executor worker;
    private final LinkCache cache = new LinkCache();
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

    LinkCache cache() {
        return cache;
    }

    /** Has a link verified, and says on another thread what came of it, nothing if it is forged; false if too many wait. */
    boolean verify(LaneLink link, LinkKey key, Consumer<Optional<VerifiedLink>> done) {
        try {
            worker.execute(() -> done.accept(verified(link, key)));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private Optional<VerifiedLink> verified(LaneLink link, LinkKey key) {
        if (!key.signed(link)) {
            return Optional.empty();
        }
        VerifiedLink verified = new VerifiedLink(link, key);
        cache.add(verified);
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
