package io.laneway.replay.diff.place;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which of three values is the odd one. */
public enum Odd {
    NONE,
    BASE,
    AGAIN,
    LANE,
    /** All differ, and none more than the others. */
    ALL;

    /** Of values that are equal or not. */
    public static Odd of(@Nullable Object base, @Nullable Object again, @Nullable Object lane) {
        boolean bases = Objects.equals(base, again);
        boolean first = Objects.equals(base, lane);
        boolean second = Objects.equals(again, lane);
        if (bases) {
            return first ? NONE : LANE;
        }
        return first ? AGAIN : second ? BASE : ALL;
    }

    /** Of values with distances: the one that is farthest from the nearest of the others. */
    static Odd of(double bases, double first, double second) {
        if (bases < first && bases < second) {
            return LANE;
        }
        return first < bases && first < second ? AGAIN : second < bases && second < first ? BASE : all(bases);
    }

    private static Odd all(double distance) {
        return distance == 0 ? NONE : ALL;
    }
}
