package io.laneway.k8s.imports.ingress;

import io.laneway.k8s.imports.source.Tracked;
import io.laneway.router.document.tree.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The annotations of an Ingress by their names behind the prefix. Confined to one thread. */
final class Annotations {

    private static final String PREFIX = "nginx.ingress.kubernetes.io/";

    private final Tracked object;

    Annotations(Tracked object) {
        this.object = object;
    }

    /** The value, which is taken; null if there is none. */
    @Nullable
    String take(String name) {
        return object.text("metadata", "annotations", PREFIX + name);
    }

    /** The value, which stays to be named. */
    @Nullable
    String peek(String name) {
        return object.peek("metadata", "annotations", PREFIX + name);
    }

    /** The first of these names that is there, taken. */
    @Nullable
    String take(List<String> names) {
        for (String name : names) {
            if (peek(name) != null) {
                return take(name);
            }
        }
        return null;
    }

    boolean isTrue(String name) {
        return "true".equals(peek(name)) && take(name) != null;
    }

    /** A number, taken if it is one. */
    @Nullable
    Integer number(String name) {
        String text = peek(name);
        return text != null && text.trim().matches("[0-9]{1,9}")
                ? Integer.valueOf(String.valueOf(take(name)).trim())
                : null;
    }

    /** The node of an annotation, null if there is none. */
    @Nullable
    Tracked node(String name) {
        return object.at("metadata", "annotations", PREFIX + name);
    }

    Location location(String name) {
        Tracked found = node(name);
        return found == null ? object.location() : found.location();
    }
}
