package io.laneway.replay.value;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a request or a response in which a value may be. Immutable. */
public final class Held {

    private final List<String> texts;

    private Held(List<String> texts) {
        this.texts = texts;
    }

    /** What a request has. */
    public static Held by(RecordedRequest request) {
        return by(request.target(), request.headers(), request.body());
    }

    /**
     * What a request has.
     *
     * @param target path and query
     */
    public static Held by(String target, List<Field> headers, RecordedBody body) {
        List<String> texts = new ArrayList<>(headers.size() + 2);
        texts.add(target);
        headers.forEach(field -> texts.add(field.value()));
        String text = body.bytes().length == 0 ? null : Texts.utf8(body.bytes());
        if (text != null) {
            texts.add(text);
        }
        return new Held(texts);
    }

    /** What a response has; nothing if there is none. */
    static Held by(@Nullable RecordedResponse response) {
        return response == null ? new Held(List.of()) : by("", response.headers(), response.body());
    }

    /** Whether a value is a whole word of one of them. */
    boolean has(String value) {
        return texts.stream().anyMatch(text -> Words.within(text, value));
    }
}
