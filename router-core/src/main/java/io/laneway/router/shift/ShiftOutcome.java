package io.laneway.router.shift;

import io.laneway.router.model.shift.Shift;
import java.util.function.Function;

/** What a {@link ShiftChange} comes to: a shift, or why there cannot be one. Immutable. */
public sealed interface ShiftOutcome {

    /** The shift after the change. */
    record Fits(Shift shift) implements ShiftOutcome {
        @Override
        public <E extends RuntimeException> Shift orElseThrow(Function<String, E> error) {
            return shift;
        }
    }

    /** The change cannot be made: what is wrong, and what was expected. */
    record Unfit(String problem) implements ShiftOutcome {
        @Override
        public <E extends RuntimeException> Shift orElseThrow(Function<String, E> error) {
            throw error.apply(problem);
        }
    }

    /** The shift; where there is none, throws what the problem makes. */
    <E extends RuntimeException> Shift orElseThrow(Function<String, E> error);
}
