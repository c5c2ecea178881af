package io.laneway.replay.har;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one entry of an HTTP Archive, of this program or of a browser. Stateless. */
final class HarEntry {

    private static final double NANOS = 1_000_000;

    private HarEntry() {}

    static RecordedExchange read(JsonObject entry, int number) {
        JsonObject request = entry.object("request");
        JsonObject response = entry.object("response");
        JsonObject own = entry.has("_laneway") ? entry.object("_laneway") : new JsonObject("_laneway", Map.of());
        JsonObject timings = entry.has("timings") ? entry.object("timings") : new JsonObject("timings", Map.of());
        boolean responded = own.has("responded") ? own.flag("responded") : response.whole("status", 0) > 0;
        return new RecordedExchange(
                own.text("id", "har-" + number),
                own.text("trace", ""),
                own.text("client", ""),
                time(entry),
                millis(timings.number("wait", 0)),
                millis(entry.number("time", 0)),
                decision(own),
                request(request, own),
                responded ? response(response, entry.has("_laneway")) : null,
                HarSocket.read(entry, time(entry)),
                own.text("failure", ""),
                own.texts("redacted"));
    }

    private static RecordedDecision decision(JsonObject own) {
        return new RecordedDecision(
                own.text("gateway", ""),
                own.text("service", ""),
                own.text("route", ""),
                own.text("tenant", ""),
                own.text("requested", ""),
                own.text("served", ""),
                own.text("reason", ""),
                own.whole("revision", 0));
    }

    private static RecordedRequest request(JsonObject request, JsonObject own) {
        URI url = url(request);
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        return new RecordedRequest(
                protocol(request.text("httpVersion", "")),
                request.text("method"),
                url.getScheme() == null ? "https" : HarSocket.http(url.getScheme()),
                own.text("authority", authority),
                own.text("target", target),
                fields(request, "headers"),
                request.has("postData") ? posted(request) : RecordedBody.NONE,
                fields(own, "trailers"));
    }

    private static URI url(JsonObject request) {
        // browsers leave characters that an address may not have
        String text =
                request.text("url").replace("|", "%7C").replace(" ", "%20").replace("\"", "%22");
        try {
            return new URI(text.replace("{", "%7B")
                    .replace("}", "%7D")
                    .replace("[", "%5B")
                    .replace("]", "%5D"));
        } catch (URISyntaxException e) {
            throw request.unexpected("url", text, "an address such as https://shop.example.com/orders?page=2");
        }
    }

    /** Chrome writes {@code h2} and {@code http/2.0}, Firefox {@code HTTP/2}. */
    private static String protocol(String version) {
        String small = version.toLowerCase(Locale.ROOT);
        if (small.startsWith("h2") || small.startsWith("http/2")) {
            return "HTTP/2";
        }
        return small.startsWith("h3") || small.startsWith("http/3") ? "HTTP/3" : "HTTP/1.1";
    }

    private static RecordedBody posted(JsonObject request) {
        JsonObject data = request.object("postData");
        byte[] bytes = bytes(data, "_encoding");
        return body(bytes, request.whole("bodySize", -1), data, data.textOrNull("_decoded"));
    }

    private static RecordedResponse response(JsonObject response, boolean own) {
        List<Field> headers = fields(response, "headers");
        JsonObject content = response.has("content") ? response.object("content") : new JsonObject("content", Map.of());
        byte[] bytes = bytes(content, "encoding");
        // others have bodies without their coding, whatever the headers say
        String coding = own || bytes.length == 0 ? null : Fields.first(headers, "content-encoding");
        String decoded = content.has("_decoded") ? content.text("_decoded") : coding;
        return new RecordedResponse(
                (int) response.whole("status", 0),
                headers,
                body(bytes, response.whole("bodySize", -1), content, decoded),
                fields(response, "_trailers"));
    }

    private static RecordedBody body(byte[] bytes, long size, JsonObject marks, @Nullable String decoded) {
        String omitted = marks.textOrNull("_omitted");
        boolean cut = marks.flag("_cut");
        boolean none = bytes.length == 0 && omitted == null && !cut;
        return none
                ? RecordedBody.NONE
                : new RecordedBody(bytes, size < 0 ? bytes.length : size, cut, decoded, omitted);
    }

    private static byte[] bytes(JsonObject content, String encoding) {
        String text = content.text("text", "");
        if (!content.text(encoding, "").equals("base64")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw content.unexpected("text", text, "base64, as " + encoding + " says");
        }
    }

    /** Without the pseudo-headers that browsers write for HTTP/2. */
    private static List<Field> fields(JsonObject message, String name) {
        List<Field> fields = new ArrayList<>();
        for (JsonObject field : message.objects(name)) {
            if (!field.text("name").startsWith(":")) {
                fields.add(new Field(field.text("name"), field.text("value", "")));
            }
        }
        return fields;
    }

    private static Instant time(JsonObject entry) {
        String text = entry.text("startedDateTime");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw entry.unexpected("startedDateTime", text, "a time such as 2026-11-30T01:30:00Z");
        }
    }

    /** An archive says -1 where it does not know. */
    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(Math.max(0, millis) * NANOS));
    }
}
