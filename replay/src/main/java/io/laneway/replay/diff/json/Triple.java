package io.laneway.replay.diff.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of base, of base again and of the lane at one place. Immutable. */
public record Triple(
        @Nullable Object base,
        @Nullable Object again,
        @Nullable Object lane) {

    Triple map(Function<@Nullable Object, @Nullable Object> change) {
        return new Triple(change.apply(base), change.apply(again), change.apply(lane));
    }

    boolean all(Class<?> type) {
        return type.isInstance(base) && type.isInstance(again) && type.isInstance(lane);
    }

    boolean alike() {
        return java.util.Objects.equals(base, again) && java.util.Objects.equals(base, lane);
    }
}
