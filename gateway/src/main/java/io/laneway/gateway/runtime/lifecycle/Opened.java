package io.laneway.gateway.runtime.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened so far, to be closed from the last to the first: at the end of its owner, or at once where the next one
 * cannot be had. Confined to one thread at a time.
 */
public final class Opened implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Is closed with the others, before those that were added earlier. */
    public <T extends AutoCloseable> T add(T one) {
        open.push(one);
        return one;
    }

    /** Closes all; one that cannot be closed does not keep the others open. Safe to repeat. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                log.atWarn()
                        .setCause(e)
                        .addKeyValue("what", next.getClass().getSimpleName())
                        .log("not closed");
            }
        }
    }
}
