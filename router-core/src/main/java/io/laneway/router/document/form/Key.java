package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of a form: its name, its type, what it is where it is absent, and how the value is got from the object. Immutable.
 *
 * @param <T>      the object that has it
 * @param getter   the value in an object, null where a document of the object does not have the key
 * @param fallback its value where it is absent; null for none, and for keys that must be there
 * @param unless   keys beside which a required one may be absent
 * @param always   written even if it has its default
 * @param absent   what its absence means, in Markdown, where a value does not say it; empty otherwise
 * @param doc      what it means, for the JSON Schema and the reference; empty if the name says it
 */
public record Key<T, V>(
        String name,
        Type<V> type,
        Function<T, @Nullable V> getter,
        @Nullable V fallback,
        Presence presence,
        List<String> unless,
        boolean always,
        String absent,
        String doc) {

    /** Whether a document must have the key. */
    public enum Presence {
        REQUIRED,
        OPTIONAL,
        /** Required, and its absence is the business of a {@link Rule}, which says more than that it is missing. */
        RULED,
        /** Required, or known from elsewhere, such as from the URL of a call; then it may be absent, but may not differ. */
        IDENTITY,
        /** The same, of an identity that may lack it. */
        OPTIONAL_IDENTITY
    }

    private static <T, V> Key<T, V> key(String name, Type<V> type, Function<T, @Nullable V> getter, Presence presence) {
        return new Key<>(name, type, getter, null, presence, List.of(), false, "", "");
    }

    /** A key that must be there. */
    public static <T, V> Key<T, V> required(String name, Type<V> type, Function<T, @Nullable V> getter) {
        return key(name, type, getter, Presence.REQUIRED);
    }

    /** A key that must be there, for which a rule sees to it. */
    public static <T, V> Key<T, V> ruled(String name, Type<V> type, Function<T, @Nullable V> getter) {
        return key(name, type, getter, Presence.RULED);
    }

    /** A key by which the object is known. */
    public static <T> Key<T, String> identity(String name, Type<String> type, Function<T, @Nullable String> getter) {
        return key(name, type, getter, Presence.IDENTITY);
    }

    /** A key by which the object is known if it has it. */
    public static <T> Key<T, String> optionalIdentity(
            String name, Type<String> type, Function<T, @Nullable String> getter) {
        return key(name, type, getter, Presence.OPTIONAL_IDENTITY);
    }

    /** A key without a value where it is absent. */
    public static <T, V> Key<T, V> optional(String name, Type<V> type, Function<T, @Nullable V> getter) {
        return key(name, type, getter, Presence.OPTIONAL);
    }

    /** The same key with a value where it is absent. */
    public Key<T, V> or(V value) {
        return new Key<>(name, type, getter, value, presence, unless, always, absent, doc);
    }

    /** The same required key, which may be absent beside any of some others. */
    public Key<T, V> unless(String... others) {
        return new Key<>(name, type, getter, fallback, presence, List.of(others), always, absent, doc);
    }

    /** The same key, written even if it has its default. */
    public Key<T, V> written() {
        return new Key<>(name, type, getter, fallback, presence, unless, true, absent, doc);
    }

    /** The same key with what its absence means. */
    public Key<T, V> absent(String meaning) {
        return new Key<>(name, type, getter, fallback, presence, unless, always, meaning, doc);
    }

    /** The same key with what it means. */
    public Key<T, V> doc(String sentence) {
        return new Key<>(name, type, getter, fallback, presence, unless, always, absent, sentence);
    }

    /** Whether every document must have it, as far as nothing else names the object. */
    public boolean required() {
        return unless.isEmpty() && presence != Presence.OPTIONAL && presence != Presence.OPTIONAL_IDENTITY;
    }

    /** The value where it is absent, as JSON; null for none. */
    public @Nullable String defaultJson() {
        V value = fallback;
        return value == null ? null : Json.text(json -> type.writer().write(json, value));
    }

    boolean identifies() {
        return presence == Presence.IDENTITY || presence == Presence.OPTIONAL_IDENTITY;
    }

    void write(JsonGenerator json, T object) throws IOException {
        V value = getter.apply(object);
        if (value != null && (always || !value.equals(fallback))) {
            json.writeFieldName(name);
            type.writer().write(json, value);
        }
    }
}
