package io.laneway.replay.value;

import io.laneway.replay.form.Field;
import io.laneway.replay.json.JsonPath;

/** Where a request has a value that another one is put in place of. Immutable. */
public sealed interface ValueTarget {

    /** Finds it in a header. */
    default void field(Field field, Swap swap, Spans spans) {}

    /** Finds it in path and query. */
    default void target(String target, Swap swap, Spans spans) {}

    /**
     * Finds it in a body of text.
     *
     * @param type the content type in small letters; empty if there is none
     */
    default void body(String type, String text, Swap swap, Spans spans) {}

    /** The whole value of a header, which is metadata of gRPC as well. Immutable. */
    record Header(String name) implements ValueTarget {
        @Override
        public void field(Field field, Swap swap, Spans spans) {
            String now = field.named(name) ? swap.of(field.value()) : null;
            if (now != null) {
                spans.add(0, field.value().length(), now);
            }
        }
    }

    /** A cookie. Immutable. */
    record Cookie(String name) implements ValueTarget {
        @Override
        public void field(Field field, Swap swap, Spans spans) {
            if (field.named("cookie")) {
                Cookies.put(field.value(), name, swap, spans);
            }
        }
    }

    /** A parameter of the query. Immutable. */
    record Query(String name) implements ValueTarget {
        @Override
        public void target(String target, Swap swap, Spans spans) {
            int query = target.indexOf('?');
            if (query >= 0) {
                Parameters.put(target, query + 1, target.length(), name, swap, spans);
            }
        }
    }

    /** A segment of the path. Immutable. */
    record Path(PathTemplate path) implements ValueTarget {
        /** By its text. */
        public Path(String template) {
            this(PathTemplate.parse(template));
        }

        @Override
        public void target(String target, Swap swap, Spans spans) {
            int query = target.indexOf('?');
            path.put(query < 0 ? target : target.substring(0, query), swap, spans);
        }
    }

    /** A text or number of a body of JSON. Immutable. */
    record Json(JsonPath path) implements ValueTarget {
        @Override
        public void body(String type, String text, Swap swap, Spans spans) {
            JsonValues.put(text, path, swap, spans);
        }
    }

    /** A field of a form (application/x-www-form-urlencoded). Immutable. */
    record Form(String name) implements ValueTarget {
        @Override
        public void body(String type, String text, Swap swap, Spans spans) {
            if (type.startsWith("application/x-www-form-urlencoded")) {
                Parameters.put(text, 0, text.length(), name, swap, spans);
            }
        }
    }
}
