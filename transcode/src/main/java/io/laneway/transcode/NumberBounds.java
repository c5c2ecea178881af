package io.laneway.transcode;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses numbers that take long to read: JsonFormat computes {@code 1e10000000} to its last digit for an unsigned field,
 * which takes half a minute, and a million digits take as long. No field can have such a value. Stateless.
 */
final class NumberBounds {

    private static final int LONGEST = 400;
    private static final String WELL_KNOWN = "google.protobuf.";

    private NumberBounds() {}

    /** @throws IllegalArgumentException if a number in it is out of bounds */
    static void check(JsonElement json, Descriptor type) {
        String name = type.getFullName();
        if (name.equals(WELL_KNOWN + "Any")) {
            all(json);
        } else if (name.startsWith(WELL_KNOWN) && json.isJsonPrimitive()) {
            number(json.getAsJsonPrimitive());
        } else if (json.isJsonObject() && !name.equals(WELL_KNOWN + "Struct")) {
            for (Map.Entry<String, JsonElement> each : json.getAsJsonObject().entrySet()) {
                FieldDescriptor field = Fields.field(type, each.getKey());
                if (field != null) {
                    check(each.getValue(), field);
                }
            }
        }
    }

    /** @throws IllegalArgumentException if a number in it is out of bounds */
    static void check(JsonElement json, FieldDescriptor field) {
        if (field.isMapField() && json.isJsonObject()) {
            FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
            FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
            json.getAsJsonObject().entrySet().forEach(each -> {
                check(new JsonPrimitive(each.getKey()), key);
                check(each.getValue(), value);
            });
        } else if (field.isRepeated() && json.isJsonArray()) {
            json.getAsJsonArray().forEach(each -> element(each, field));
        } else {
            element(json, field);
        }
    }

    private static void element(JsonElement json, FieldDescriptor field) {
        switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE, ENUM -> all(json);
            case MESSAGE -> check(json, field.getMessageType());
            case BOOLEAN, STRING, BYTE_STRING -> {
                // texts and booleans are no numbers
            }
        }
    }

    /** Texts count as numbers as well, since they may be meant for one. */
    private static void all(@Nullable JsonElement json) {
        if (json == null || json.isJsonNull()) {
            return;
        }
        if (json.isJsonPrimitive()) {
            number(json.getAsJsonPrimitive());
        } else if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(NumberBounds::all);
        } else {
            json.getAsJsonObject().entrySet().forEach(each -> all(each.getValue()));
        }
    }

    private static void number(JsonPrimitive json) {
        check(json.getAsString());
    }

    /** @throws IllegalArgumentException if the text is a number that is out of bounds */
    static void check(String text) {
        int exponent = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = (c == '-' || c == '+') && (i == 0 || i == exponent + 1);
            if ((c == 'e' || c == 'E') && exponent < 0 && i > 0) {
                exponent = i;
            } else if ((c < '0' || c > '9') && c != '.' && !sign) {
                return;
            }
        }
        String power = exponent < 0 ? "" : text.substring(exponent + 1).replaceFirst("^[+-]?0*", "");
        boolean far = power.length() > 3 || (!power.isEmpty() && Integer.parseInt(power) > LONGEST);
        if (text.length() > LONGEST || far) {
            String shown = text.length() > 20 ? text.substring(0, 20) + "..." : text;
            throw new IllegalArgumentException("number " + shown + " (expected: one that a field can have)");
        }
    }
}
