package io.laneway.k8s.backend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What became of the policies of a cluster, and the news that it is something else. Safe for many threads. */
public final class BackendPolicies {

    /**
     * What became of all. Immutable.
     *
     * @param policies the oldest first
     * @param tls      how Services are reached
     */
    public record Judgement(List<JudgedPolicy> policies, BackendTls tls) {

        static final Judgement NONE = new Judgement(List.of(), BackendTls.NONE);

        public Judgement {
            policies = List.copyOf(policies);
        }
    }

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Judgement now = Judgement.NONE;
    private volatile boolean pending;

    /** As last judged; nothing before. */
    public Judgement now() {
        return now;
    }

    /** Whether they are watched, and were not judged yet since that began. */
    public boolean pending() {
        return pending;
    }

    /** Something begins to watch them. */
    void begin() {
        pending = true;
    }

    /** Hears of each change, and of the first judgement, on any thread, until {@link #forget}. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Ends what {@link #listen} began. */
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** Sets what became of them. */
    void set(Judgement judgement) {
        if (pending || !judgement.equals(now)) {
            now = judgement;
            pending = false;
            listeners.forEach(Runnable::run);
        }
    }
}
