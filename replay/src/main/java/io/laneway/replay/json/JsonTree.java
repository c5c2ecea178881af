package io.laneway.replay.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON values (RFC 8259) into maps, lists, texts, numbers and truth values; null is JSON's null. Safe for many
 * threads.
 */
public final class JsonTree {

    /** Longest text of one value, in characters: a body in base64 is one text. */
    private static final int MAX_TEXT = 256 * 1024 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(MAX_TEXT)
                    .build())
            .build();

    private JsonTree() {}

    /** A parser of these bytes, before its first token. */
    public static JsonParser parser(byte[] utf8, int from, int length) throws IOException {
        return FACTORY.createParser(utf8, from, length);
    }

    /** A parser of a text, whose places are characters, before its first token. */
    public static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    /** A parser of a stream, before its first token. */
    public static JsonParser parser(InputStream utf8) throws IOException {
        return FACTORY.createParser(utf8);
    }

    /** The one value that the bytes are. */
    public static @Nullable Object parse(byte[] utf8, int from, int length) throws IOException {
        try (JsonParser parser = parser(utf8, from, length)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more after the value");
            }
            return value;
        }
    }

    /** The value that begins at the parser's token; afterwards the token is the value's last. */
    public static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("no value");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }
}
