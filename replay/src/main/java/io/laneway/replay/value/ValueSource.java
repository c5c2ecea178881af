package io.laneway.replay.value;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import io.laneway.replay.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a response has a value. Immutable. */
public sealed interface ValueSource {

    /** The value; null if the response has none there. */
    @Nullable
    String of(RecordedResponse response);

    /** A header, or a trailer: the metadata of gRPC. Immutable. */
    record Header(String name) implements ValueSource {
        @Override
        public @Nullable String of(RecordedResponse response) {
            String header = Fields.first(response.headers(), name);
            return header == null ? Fields.first(response.trailers(), name) : header;
        }
    }

    /** What {@code Set-Cookie} sets. Immutable. */
    record Cookie(String name) implements ValueSource {
        @Override
        public @Nullable String of(RecordedResponse response) {
            return Cookies.set(response.headers(), name);
        }
    }

    /** A text or number of a body of JSON. Immutable. */
    record Json(JsonPath path) implements ValueSource {
        @Override
        public @Nullable String of(RecordedResponse response) {
            RecordedBody body = response.body();
            String text = body.omitted() != null ? null : Texts.utf8(body.bytes());
            return text == null ? null : JsonValues.first(text, path);
        }
    }

    /** A segment of the path in {@code Location}. Immutable. */
    record Location(String template, PathTemplate path) implements ValueSource {
        /** By its text. */
        public Location(String template) {
            this(template, PathTemplate.parse(template));
        }

        @Override
        public @Nullable String of(RecordedResponse response) {
            List<Field> headers = new ArrayList<>(response.headers());
            String location = Fields.first(headers, "location");
            return location == null ? null : path.of(path(location));
        }

        private static String path(String location) {
            String path = location.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:", "").replaceFirst("^//[^/?#]*", "");
            return path.replaceFirst("[?#].*$", "");
        }
    }
}
