package io.laneway.router.tableform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import java.io.IOException;
import java.util.List;

/** Writes the parts of a policy about headers. */
final class HeadersOut {

    private HeadersOut() {}

    static void headers(JsonGenerator json, HeaderRules headers) throws IOException {
        if (headers.equals(HeaderRules.NONE)) {
            return;
        }
        json.writeObjectFieldStart("headers");
        edit(json, "request", headers.request());
        edit(json, "response", headers.response());
        json.writeEndObject();
    }

    private static void edit(JsonGenerator json, String key, HeaderRules.Edit edit) throws IOException {
        if (edit.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(key);
        Json.map(json, "set", edit.set());
        Json.map(json, "add", edit.add());
        if (!edit.remove().isEmpty()) {
            Json.texts(json, "remove", edit.remove());
        }
        json.writeEndObject();
    }

    static void cors(JsonGenerator json, Cors cors) throws IOException {
        json.writeObjectFieldStart("cors");
        Json.texts(json, "origins", cors.origins());
        if (!cors.methods().equals(HeadersForm.METHODS)) {
            Json.texts(json, "methods", cors.methods());
        }
        if (!cors.headers().equals(List.of("*"))) {
            Json.texts(json, "headers", cors.headers());
        }
        Json.bool(json, "credentials", cors.credentials(), false);
        Json.duration(json, "maxAge", cors.maxAge(), HeadersForm.MAX_AGE);
        json.writeEndObject();
    }
}
