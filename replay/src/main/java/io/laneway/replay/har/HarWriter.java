package io.laneway.replay.har;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as an HTTP Archive 1.2, one in memory at a time. What an archive has no member for is in {@code _laneway},
 * which other programs leave alone. Confined to one thread.
 */
public final class HarWriter implements AutoCloseable {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final double NANOS = 1_000_000;

    private final JsonGenerator json;

    /**
     * Begins an archive.
     *
     * @param out is flushed in the end, and stays open
     * @param version of this program
     */
    public HarWriter(Writer out, String version) throws IOException {
        json = FACTORY.createGenerator(out);
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeObjectFieldStart("log");
        json.writeStringField("version", "1.2");
        json.writeObjectFieldStart("creator");
        json.writeStringField("name", "laneway");
        json.writeStringField("version", version);
        json.writeEndObject();
        json.writeArrayFieldStart("entries");
    }

    /** Adds a request. */
    public void write(RecordedExchange exchange) throws IOException {
        json.writeStartObject();
        json.writeStringField("startedDateTime", exchange.time().toString());
        json.writeNumberField("time", millis(exchange.duration()));
        request(exchange);
        response(exchange.response(), exchange.request().protocol());
        json.writeObjectFieldStart("cache");
        json.writeEndObject();
        json.writeObjectFieldStart("timings");
        json.writeNumberField("send", 0);
        json.writeNumberField("wait", millis(exchange.firstByte()));
        json.writeNumberField("receive", millis(exchange.duration().minus(exchange.firstByte())));
        json.writeEndObject();
        if (exchange.socket() != null) {
            HarSocket.write(exchange.socket(), exchange.time(), json);
        }
        laneway(exchange);
        json.writeEndObject();
    }

    private void request(RecordedExchange exchange) throws IOException {
        RecordedRequest request = exchange.request();
        json.writeObjectFieldStart("request");
        json.writeStringField("method", request.method());
        json.writeStringField("url", url(request, exchange.socket() != null));
        json.writeStringField("httpVersion", request.protocol());
        json.writeArrayFieldStart("cookies");
        json.writeEndArray();
        fields("headers", request.headers());
        query(request.target());
        if (request.body().bytes().length > 0) {
            postData(request);
        }
        json.writeNumberField("headersSize", -1);
        json.writeNumberField("bodySize", request.body().size());
        json.writeEndObject();
    }

    private static String url(RecordedRequest request, boolean socket) {
        String scheme = socket ? HarSocket.scheme(request.scheme()) : request.scheme();
        return request.target().startsWith("/") || request.target().startsWith("*")
                ? scheme + "://" + request.authority() + request.target()
                : request.target();
    }

    private void query(String target) throws IOException {
        json.writeArrayFieldStart("queryString");
        int query = target.indexOf('?');
        if (query >= 0) {
            for (String pair : target.substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                pair(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        json.writeEndArray();
    }

    private void postData(RecordedRequest request) throws IOException {
        json.writeObjectFieldStart("postData");
        String type = Fields.first(request.headers(), "content-type");
        json.writeStringField("mimeType", type == null ? "" : type);
        String text = Texts.utf8(request.body().bytes());
        json.writeStringField("text", text == null ? base64(request.body()) : text);
        if (text == null) {
            // an archive has an encoding for responses alone
            json.writeStringField("_encoding", "base64");
        }
        HarSocket.marks(request.body(), json);
        json.writeEndObject();
    }

    private void response(@Nullable RecordedResponse response, String protocol) throws IOException {
        RecordedBody body = response == null ? RecordedBody.NONE : response.body();
        List<Field> headers = response == null ? List.of() : response.headers();
        json.writeObjectFieldStart("response");
        json.writeNumberField("status", response == null ? 0 : response.status());
        json.writeStringField("statusText", "");
        json.writeStringField("httpVersion", protocol);
        json.writeArrayFieldStart("cookies");
        json.writeEndArray();
        fields("headers", headers);
        json.writeObjectFieldStart("content");
        json.writeNumberField("size", body.bytes().length);
        String type = Fields.first(headers, "content-type");
        json.writeStringField("mimeType", type == null ? "" : type);
        String text = Texts.utf8(body.bytes());
        json.writeStringField("text", text == null ? base64(body) : text);
        if (text == null) {
            json.writeStringField("encoding", "base64");
        }
        HarSocket.marks(body, json);
        json.writeEndObject();
        String location = Fields.first(headers, "location");
        json.writeStringField("redirectURL", location == null ? "" : location);
        json.writeNumberField("headersSize", -1);
        json.writeNumberField("bodySize", body.size());
        if (response != null) {
            trailers("_trailers", response.trailers());
        }
        json.writeEndObject();
    }

    private void laneway(RecordedExchange exchange) throws IOException {
        RecordedDecision decision = exchange.decision();
        json.writeObjectFieldStart("_laneway");
        json.writeStringField("id", exchange.id());
        text("trace", exchange.trace());
        text("client", exchange.client());
        text("gateway", decision.gateway());
        text("service", decision.service());
        text("route", decision.route());
        text("tenant", decision.tenant());
        text("requested", decision.requested());
        text("served", decision.served());
        text("reason", decision.reason());
        json.writeNumberField("revision", decision.revision());
        json.writeStringField("authority", exchange.request().authority());
        json.writeStringField("target", exchange.request().target());
        trailers("trailers", exchange.request().trailers());
        text("failure", exchange.failure());
        json.writeBooleanField("responded", exchange.response() != null);
        json.writeArrayFieldStart("redacted");
        for (String place : exchange.redacted()) {
            json.writeString(place);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void text(String name, @Nullable String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private void trailers(String name, List<Field> fields) throws IOException {
        if (!fields.isEmpty()) {
            fields(name, fields);
        }
    }

    private void fields(String name, List<Field> fields) throws IOException {
        json.writeArrayFieldStart(name);
        for (Field field : fields) {
            pair(field.name(), field.value());
        }
        json.writeEndArray();
    }

    private void pair(String name, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    private static String base64(RecordedBody body) {
        return Base64.getEncoder().encodeToString(body.bytes());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.close();
    }
}
