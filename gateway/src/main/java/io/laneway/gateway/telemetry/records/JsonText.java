package io.laneway.gateway.telemetry.records;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON being written: maps, lists, strings, numbers, booleans and nulls (RFC 8259). Confined to one thread. */
final class JsonText {

    private final StringBuilder text;

    /** Continues a text. */
    JsonText(StringBuilder text) {
        this.text = text;
    }

    /** Appends a member behind another one. */
    JsonText member(String name, @Nullable Object value) {
        text.append(',');
        string(name);
        text.append(':');
        value(value);
        return this;
    }

    JsonText value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> list) {
            list(list);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
        return this;
    }

    private void map(Map<?, ?> map) {
        text.append('{');
        String between = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(between);
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue());
            between = ",";
        }
        text.append('}');
    }

    private void list(Collection<?> list) {
        text.append('[');
        String between = "";
        for (Object each : list) {
            text.append(between);
            value(each);
            between = ",";
        }
        text.append(']');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
