package io.laneway.replay.diff;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.Texts;
import java.util.Locale;
import java.util.Set;

/** A request as a command of a shell. Stateless. */
final class Curl {

    private static final int MAX_BODY = 400;
    private static final Set<String> LEFT = Set.of("host", "content-length", "connection", "accept-encoding");

    private Curl() {}

    static String of(RecordedRequest request) {
        StringBuilder line = new StringBuilder("curl -i");
        if (!request.method().equals("GET")) {
            line.append(" -X ").append(quoted(request.method()));
        }
        for (Field field : request.headers()) {
            if (!LEFT.contains(field.name().toLowerCase(Locale.ROOT))) {
                line.append(" -H ").append(quoted(field.name() + ": " + field.value()));
            }
        }
        String body = Texts.utf8(request.body().bytes());
        if (body == null || body.length() > MAX_BODY || request.body().cut()) {
            line.append(" --data-binary @body");
        } else if (!body.isEmpty()) {
            line.append(" --data-binary ").append(quoted(body));
        }
        String url = request.scheme() + "://" + request.authority() + request.target();
        return line.append(' ').append(quoted(url)).toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
