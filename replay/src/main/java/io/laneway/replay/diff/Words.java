package io.laneway.replay.diff;

import io.laneway.replay.diff.place.Example;
import io.laneway.replay.diff.place.Place;

/** What differs at a place, in words. Stateless. */
final class Words {

    private Words() {}

    static String of(Place place) {
        if (place.examples().isEmpty()) {
            return place.facet().word() + " differs";
        }
        Example it = place.examples().get(0);
        return switch (place.facet()) {
            case STATUS -> "is " + it.lane() + ", base has " + it.base();
            case TYPE ->
                it.lane().equals("absent")
                        ? "is missing, base has " + it.base()
                        : it.base().equals("absent")
                                ? "is there, and not at base"
                                : "is " + it.lane() + ", base has " + it.base();
            case SIZE -> "has " + it.lane() + ", base has " + it.base();
            case ORDER -> "is in another order";
            case FORMAT -> "is written as " + it.lane() + ", at base as " + it.base();
            case VALUE, NUMBER, TIME ->
                blank(it) ? "differs in white space" : "is " + it.lane() + ", base has " + it.base();
        };
    }

    private static boolean blank(Example it) {
        return it.lane().replaceAll("\\s|\\\\n", "").equals(it.base().replaceAll("\\s|\\\\n", ""));
    }
}
