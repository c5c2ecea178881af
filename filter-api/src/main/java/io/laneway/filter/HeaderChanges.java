package io.laneway.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes to the header lines of a head, in their order. Immutable. Fields of framing, of a request's way and of its lane are
 * the gateway's: a change to one of them is a failure of the filter (docs/how-to/filters.md).
 *
 * @param list none for no change
 */
public record HeaderChanges(List<Change> list) {

    private static final HeaderChanges NONE = new HeaderChanges(List.of());

    public HeaderChanges {
        list = List.copyOf(list);
    }

    /** How lines of a name change. */
    public enum Way {
        /** One line in place of all of that name. */
        SET,
        /** One line more. */
        ADD,
        /** None of that name is left. */
        REMOVE
    }

    /**
     * A change to the lines of one name.
     *
     * @param value empty where they are removed
     */
    public record Change(Way way, String name, String value) {

        public Change {
            HeaderText.requireLine(name, value);
        }
    }

    /** Nothing changes. */
    public static HeaderChanges none() {
        return NONE;
    }

    /** The same, and all lines of that name are replaced. */
    public HeaderChanges set(String name, String value) {
        return and(new Change(Way.SET, name, value));
    }

    /** The same, and a line is added. */
    public HeaderChanges add(String name, String value) {
        return and(new Change(Way.ADD, name, value));
    }

    /** The same, and all lines of that name are removed. */
    public HeaderChanges remove(String name) {
        return and(new Change(Way.REMOVE, name, ""));
    }

    private HeaderChanges and(Change change) {
        List<Change> more = new ArrayList<>(list);
        more.add(change);
        return new HeaderChanges(more);
    }
}
