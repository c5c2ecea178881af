package io.laneway.control.http;

import io.laneway.control.table.Refusal;
import io.laneway.router.document.tree.Problem;
import java.util.List;

/** A query parameter as it was read: its value, or what is wrong with it. Immutable. */
sealed interface QueryValue<T> {

    /** What it says, or what holds where it is not given. */
    record Read<T>(T value) implements QueryValue<T> {
        @Override
        public T orElseThrow() {
            return value;
        }
    }

    /** It cannot be read. */
    record Malformed<T>(Problem problem) implements QueryValue<T> {
        @Override
        public T orElseThrow() {
            throw refusal(problem);
        }
    }

    /** The value; refuses the call where there is none. */
    T orElseThrow();

    /** The refusal of a call for one parameter. */
    static Refusal refusal(Problem problem) {
        return Refusal.ofQuery(List.of(problem));
    }

    /** One that is not as expected. */
    static <T> QueryValue<T> malformed(String name, String text, String expected) {
        return new Malformed<>(Problem.at(name, text, expected));
    }
}
