package io.laneway.router.model.service;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a service: its logical name, and its namespace where two namespaces have one name. Immutable.
 * Written {@code order} or {@code order.shop}.
 */
public record ServiceId(String name, @Nullable String namespace) implements Comparable<ServiceId> {

    public ServiceId {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: '' (expected: a service name)");
        }
    }

    /** The identity of a service that has no namespace. */
    public static ServiceId of(String name) {
        return new ServiceId(name, null);
    }

    /** Reads {@code name} or {@code name.namespace}; the first dot divides. */
    public static ServiceId parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? of(text) : new ServiceId(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public int compareTo(ServiceId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace == null ? name : name + "." + namespace;
    }
}
