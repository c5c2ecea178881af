package io.laneway.replay.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.laneway.replay.json.JsonPath;
import io.laneway.replay.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts and numbers of a JSON document, by their path, with their places. Confined to one thread. */
final class JsonValues {

    /** A number as JSON writes it; a longer one is text. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?");

    private final JsonPath path;
    private final Taker taker;
    private final List<String> keys = new ArrayList<>();

    private JsonValues(JsonPath path, Taker taker) {
        this.path = path;
        this.taker = taker;
    }

    /** Takes the values. */
    private interface Taker {
        /** @param start of its token in the text */
        void take(String value, boolean number, int start);
    }

    /** The first value at the path; null if there is none, or no JSON up to there. */
    static @Nullable String first(String text, JsonPath path) {
        List<String> found = new ArrayList<>();
        each(text, path, (value, number, start) -> found.add(value));
        return found.isEmpty() ? null : found.get(0);
    }

    /** Puts another value at each place of the path; a number stays one if the new value is one. */
    static void put(String text, JsonPath path, Swap swap, Spans spans) {
        each(text, path, (value, number, start) -> {
            String now = swap.of(value);
            if (now != null) {
                boolean plain = number && NUMBER.matcher(now).matches();
                String shown = plain
                        ? now
                        : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(now)) + '"';
                spans.add(start, number ? start + value.length() : end(text, start), shown);
            }
        });
    }

    /** Behind the closing quote. */
    private static int end(String text, int start) {
        int at = start + 1;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static void each(String text, JsonPath path, Taker taker) {
        try (JsonParser parser = JsonTree.parser(text)) {
            if (parser.nextToken() != null) {
                new JsonValues(path, taker).value(parser);
            }
        } catch (JsonProcessingException e) {
            // what is no JSON, or only begins as such, has no further values
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    private void value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                below(parser.currentName(), parser);
            }
        } else if (token == JsonToken.START_ARRAY) {
            int item = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                keys.add(String.valueOf(item++));
                value(parser);
                keys.remove(keys.size() - 1);
            }
        } else if ((token == JsonToken.VALUE_STRING || token.isNumeric()) && path.names(keys)) {
            int start = (int) parser.currentTokenLocation().getCharOffset();
            // the whole token is read, and wrong where it is cut
            taker.take(parser.getText(), token.isNumeric(), start);
        }
    }

    private void below(String key, JsonParser parser) throws IOException {
        keys.add(key);
        parser.nextToken();
        value(parser);
        keys.remove(keys.size() - 1);
    }
}
