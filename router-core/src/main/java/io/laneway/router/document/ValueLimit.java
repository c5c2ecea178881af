package io.laneway.router.document;

import io.laneway.router.document.tree.Location;

/**
 * Counts the values of a document while it is read: each takes some hundred bytes, whatever its text, so that the bound of
 * a document's bytes alone is none of its memory. Confined to one thread.
 */
final class ValueLimit {

    private final int max;
    private int count;

    ValueLimit(int max) {
        this.max = max;
    }

    void another(Location location) {
        if (++count > max) {
            throw new DocumentRefused(
                    location.problem("more values than can be taken", "at most " + max + " in one document"));
        }
    }
}
