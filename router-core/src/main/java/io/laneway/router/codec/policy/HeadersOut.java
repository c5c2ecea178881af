package io.laneway.router.codec.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import java.io.IOException;
import java.util.List;

/** Writes the parts of a policy about headers. */
public final class HeadersOut {

    private HeadersOut() {}

    public static void headers(JsonGenerator json, HeaderRules headers) throws IOException {
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
        JsonFields.map(json, "set", edit.set());
        JsonFields.map(json, "add", edit.add());
        if (!edit.remove().isEmpty()) {
            JsonFields.texts(json, "remove", edit.remove());
        }
        json.writeEndObject();
    }

    static void cors(JsonGenerator json, Cors cors) throws IOException {
        json.writeObjectFieldStart("cors");
        JsonFields.texts(json, "origins", cors.origins());
        if (!cors.methods().equals(HeadersForm.METHODS)) {
            JsonFields.texts(json, "methods", cors.methods());
        }
        if (!cors.headers().equals(List.of("*"))) {
            JsonFields.texts(json, "headers", cors.headers());
        }
        JsonFields.bool(json, "credentials", cors.credentials(), false);
        JsonFields.duration(json, "maxAge", cors.maxAge(), HeadersForm.MAX_AGE);
        json.writeEndObject();
    }
}
