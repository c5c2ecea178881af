package io.laneway.replay.value;

import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import io.laneway.replay.json.JsonPath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    record Location(PathTemplate path) implements ValueSource {

        /** Scheme and authority, if they are there; then the path, without query and fragment (RFC 3986, 3). */
        private static final Pattern ADDRESS = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*)");

        /** By its text. */
        public Location(String template) {
            this(PathTemplate.parse(template));
        }

        @Override
        public @Nullable String of(RecordedResponse response) {
            String location = Fields.first(response.headers(), "location");
            if (location == null) {
                return null;
            }
            Matcher address = ADDRESS.matcher(location);
            return address.lookingAt() ? path.of(address.group(1)) : null;
        }
    }
}
