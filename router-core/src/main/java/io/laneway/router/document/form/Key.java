package io.laneway.router.document.form;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of a form: its name, its type, what it is where it is absent, and how the value is got from the object. Immutable.
 *
 * @param <T>      the object that has it
 * @param fallback its value where it is absent; null for none, and for keys that must be there
 * @param doc      what it means, for the JSON Schema and the reference; empty if the name says it
 */
public record Key<T, V>(
        String name,
        Type<V> type,
        Function<T, @Nullable V> getter,
        @Nullable V fallback,
        Presence presence,
        String doc) {

    /** Whether a document must have the key. */
    public enum Presence {
        REQUIRED,
        OPTIONAL,
        /** May be known from elsewhere, such as from the URL of a call; then it may be absent, but may not differ. */
        IDENTITY
    }

    /** A key that must be there. */
    public static <T, V> Key<T, V> required(String name, Type<V> type, Function<T, @Nullable V> getter) {
        return new Key<>(name, type, getter, null, Presence.REQUIRED, "");
    }

    /** A key by which the object is known. */
    public static <T> Key<T, String> identity(String name, Function<T, @Nullable String> getter) {
        return new Key<>(name, Types.TEXT, getter, null, Presence.IDENTITY, "");
    }

    /** A key without a value where it is absent. */
    public static <T, V> Key<T, V> optional(String name, Type<V> type, Function<T, @Nullable V> getter) {
        return new Key<>(name, type, getter, null, Presence.OPTIONAL, "");
    }

    /** The same key with a value where it is absent. */
    public Key<T, V> or(V value) {
        return new Key<>(name, type, getter, value, presence, doc);
    }

    /** The same key with what it means. */
    public Key<T, V> doc(String sentence) {
        return new Key<>(name, type, getter, fallback, presence, sentence);
    }

    /** Whether a document must have it, as far as nothing else names the object. */
    boolean required() {
        return presence != Presence.OPTIONAL;
    }
}
