package io.laneway.router.document;

/**
 * Counts the values of a document while it is read: each takes some hundred bytes, whatever its text, so that the bound of
 * a document's bytes alone is none of its memory. Confined to one thread.
 */
final class ValueBound {

    private final int max;
    private int count;

    ValueBound(int max) {
        this.max = max;
    }

    void another(Place place) {
        if (++count > max) {
            throw new Refused(place.problem("more values than can be taken", "at most " + max + " in one document"));
        }
    }
}
