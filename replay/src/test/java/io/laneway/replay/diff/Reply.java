package io.laneway.replay.diff;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A response of a service of the corpus, which a regression changes. */
final class Reply {

    int status = 200;
    final Map<String, String> headers = new TreeMap<>();
    final List<String> cookies = new ArrayList<>();
    final Map<String, Object> json = new java.util.LinkedHashMap<>();
    List<String> lines = List.of();
    byte[] bytes = {};
    final Random chance;

    Reply(Random chance) {
        this.chance = chance;
    }

    @SuppressWarnings("unchecked")
    List<Object> list(String name) {
        return (List<Object>) json.get(name);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> item(String list, int i) {
        return (Map<String, Object>) list(list).get(i);
    }

    RecordedResponse response() {
        List<Field> fields = new ArrayList<>();
        headers.forEach((name, value) -> fields.add(new Field(name, value)));
        cookies.forEach(value -> fields.add(new Field("Set-Cookie", value)));
        byte[] body = bytes.length > 0
                ? bytes
                : (lines.isEmpty() ? write(json) : String.join("\n", lines)).getBytes(StandardCharsets.UTF_8);
        return new RecordedResponse(status, fields, RecordedBody.whole(body), List.of());
    }

    static String write(Object value) {
        if (value instanceof Map<?, ?> members) {
            List<String> all = new ArrayList<>();
            members.forEach((name, member) -> all.add("\"" + name + "\":" + write(member)));
            return "{" + String.join(",", all) + "}";
        }
        if (value instanceof List<?> items) {
            return "[" + String.join(",", items.stream().map(Reply::write).toList()) + "]";
        }
        return value instanceof String text
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"'
                : String.valueOf(value);
    }
}
