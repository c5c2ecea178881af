package io.laneway.control.rest.table;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.laneway.control.http.message.Reply;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The page behind a renew link, {@code renewal.html}; its template escapes what is put into it. Stateless. */
final class RenewalPage {

    private static final Template PAGE = template("renewal.html");
    private static final Map<String, String> HEADERS = Map.of(
            "content-security-policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
            "referrer-policy", "no-referrer");

    private static final String NOTHING = "Nothing to renew";

    private RenewalPage() {}

    /** Asks whether to renew the lane. */
    static Reply ask(String lane, String ends) {
        return page(200, Map.of("title", "Renew lane " + lane, "lane", lane, "ends", ends));
    }

    static Reply renewed(String lane) {
        return page(200, Map.of("title", "Lane " + lane + " is renewed", "lane", lane, "renewed", true));
    }

    /** The lane that the link was for is gone. */
    static Reply gone() {
        return page(410, Map.of("title", NOTHING, "gone", true));
    }

    /** The lane has changed since the link was sent. */
    static Reply changed(String state) {
        return page(410, Map.of("title", NOTHING, "state", state));
    }

    private static Reply page(int status, Map<String, Object> values) {
        return new Reply(status, "text/html; charset=utf-8", Buffer.buffer(PAGE.execute(values)), HEADERS);
    }

    private static Template template(String name) {
        InputStream file = Objects.requireNonNull(RenewalPage.class.getResourceAsStream(name), name);
        try (Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return Mustache.compiler().defaultValue("").compile(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
