package io.laneway.replay.diff.place;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document with those below it. An endpoint has {@value #MAX} at most; what is beyond shares one. Confined
 * to one thread.
 */
public final class PlaceNode {

    private static final int MAX = 4000;

    private final String path;
    private final int[] left;
    private final Function<String, @Nullable String> keys;
    private @Nullable String key;
    private boolean keyed;
    private final Map<String, PlaceNode> children = new HashMap<>();
    private final Map<Facet, Place> places = new EnumMap<>(Facet.class);

    private PlaceNode(String path, int[] left, Function<String, @Nullable String> keys) {
        this.path = path;
        this.left = left;
        this.keys = keys;
    }

    /**
     * The root of an endpoint's places.
     *
     * @param keys the member that identifies the items of the list at a path, as a team says; null where it does not
     */
    public static PlaceNode root(Function<String, @Nullable String> keys) {
        return new PlaceNode("", new int[] {MAX}, keys);
    }

    /** The member that identifies the items of the list here, as a team says; null where it does not. */
    public @Nullable String itemKey() {
        if (!keyed) {
            key = keys.apply(path);
            keyed = true;
        }
        return key;
    }

    /** The place below with this name behind its own, such as {@code .name} or {@code [*]}. */
    public PlaceNode child(String step) {
        PlaceNode known = children.get(step);
        if (known != null) {
            return known;
        }
        if (left[0] <= 0) {
            return this;
        }
        left[0]--;
        PlaceNode made = new PlaceNode(path + step, left, keys);
        children.put(step, made);
        return made;
    }

    /** Marks which of three values is odd, if one is. */
    public void mark(
            CurrentRequest request, Facet facet, @Nullable Object base, @Nullable Object again, @Nullable Object lane) {
        Odd odd = Odd.of(base, again, lane);
        if (odd != Odd.NONE) {
            place(facet).mark(request, odd, Values.of(base, again, lane));
        }
    }

    /** Marks which of three values is odd, with others to show. */
    public void mark(CurrentRequest request, Facet facet, Odd odd, Values values) {
        if (odd != Odd.NONE) {
            place(facet).mark(request, odd, values);
        }
    }

    /** Marks how far three numbers are from each other, if they are. */
    public void mark(CurrentRequest request, Facet facet, Distances distances, Values values) {
        if (distances.odd() != Odd.NONE) {
            place(facet).mark(request, distances, values);
        }
    }

    private Place place(Facet facet) {
        return places.computeIfAbsent(facet, f -> new Place(path, f));
    }

    /** Gives all places that were marked, ended. */
    public void each(Consumer<Place> taker) {
        for (Place place : places.values()) {
            place.end();
            taker.accept(place);
        }
        children.values().forEach(child -> child.each(taker));
    }
}
