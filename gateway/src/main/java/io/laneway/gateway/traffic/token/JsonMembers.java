package io.laneway.gateway.traffic.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in UTF-8 (RFC 8259), of a token's header or claims. What is written twice, or followed by
 * anything, is refused, since two readers could understand it differently. Numbers stay as they are written. Immutable.
 */
final class JsonMembers {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Value> members;

    /** What a member's value is. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** A list of values that are no lists or objects. */
        LIST,
        /** Null, an object, or a list with such. */
        OTHER
    }

    /**
     * A member's value. Immutable.
     *
     * @param text as written, a text decoded; empty for a list
     * @param list its members, empty for anything but a list
     */
    record Value(Kind kind, String text, List<Value> list) {

        /** Whether it is one text, number or boolean. */
        boolean isPlain() {
            return kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.BOOLEAN;
        }
    }

    private static final Value OTHER = new Value(Kind.OTHER, "", List.of());

    private JsonMembers(Map<String, Value> members) {
        this.members = members;
    }

    /** Reads an object; null if it is none. */
    static @Nullable JsonMembers read(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            try (JsonParser parser = JSON.createParser(text)) {
                return parser.nextToken() == JsonToken.START_OBJECT ? members(parser) : null;
            }
        } catch (CharacterCodingException e) {
            return null;
        } catch (IOException e) {
            // malformed, or nested deeper than any token is
            return null;
        }
    }

    private static @Nullable JsonMembers members(JsonParser parser) throws IOException {
        Map<String, Value> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return parser.nextToken() == null ? new JsonMembers(members) : null;
    }

    private static Value value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            return list(parser);
        }
        if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
            return OTHER;
        }
        return plain(parser, token);
    }

    private static Value plain(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return new Value(Kind.TEXT, parser.getText(), List.of());
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return new Value(Kind.NUMBER, parser.getText(), List.of());
        }
        return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
                ? new Value(Kind.BOOLEAN, parser.getText(), List.of())
                : OTHER;
    }

    private static Value list(JsonParser parser) throws IOException {
        List<Value> list = new ArrayList<>();
        boolean plain = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                return OTHER;
            }
            if (token.isStructStart()) {
                parser.skipChildren();
                plain = false;
            } else {
                Value one = plain(parser, token);
                plain &= one.isPlain();
                list.add(one);
            }
        }
        return plain ? new Value(Kind.LIST, "", List.copyOf(list)) : OTHER;
    }

    /** The value of a member, null if there is none of that name. */
    @Nullable
    Value of(String name) {
        return members.get(name);
    }

    /** Whether there is a member of that name, whatever its value. */
    boolean has(String name) {
        return members.containsKey(name);
    }

    /** All of them by their names. */
    Map<String, Value> all() {
        return members;
    }
}
