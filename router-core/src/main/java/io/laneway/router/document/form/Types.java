package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.fields.Values;
import io.laneway.router.unit.Durations;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The types of value that several forms have. */
public final class Types {

    /** A text that is not empty. */
    public static final Type<String> TEXT = text(Values::text);

    /** A text that may be empty. */
    public static final Type<String> ANY_TEXT = text(Values::anyText);

    /** A boolean. */
    public static final Type<Boolean> BOOLEAN = new Type<>(
            "true or false",
            json -> json.writeStringField("type", "boolean"),
            Values::bool,
            (json, value) -> json.writeBoolean(value));

    /** A time in ISO 8601. */
    public static final Type<Instant> INSTANT = new Type<>(
            "a time such as 2026-12-01T00:00:00Z",
            json -> {
                json.writeStringField("type", "string");
                json.writeStringField("format", "date-time");
            },
            Values::instant,
            (json, value) -> json.writeString(value.toString()));

    /** A duration such as {@code 500ms}. */
    public static final Type<Duration> DURATION = new Type<>(
            "a duration such as 500ms",
            reference("Duration"),
            (node, problems) -> Values.parsed(node, Durations::parse, problems),
            (json, value) -> json.writeString(Durations.format(value)));

    /** A share such as {@code 12.5%}. */
    public static final Type<Share> SHARE = new Type<>(
            "a percentage such as 20%",
            reference("Share"),
            (node, problems) -> Values.parsed(node, Share::parse, problems),
            (json, value) -> json.writeString(value.toString()));

    /** A list of texts. */
    public static final Type<List<String>> TEXTS = new Type<>(
            "a list of texts",
            json -> {
                json.writeStringField("type", "array");
                json.writeObjectFieldStart("items");
                json.writeStringField("type", "string");
                json.writeEndObject();
            },
            (node, problems) -> Values.list(node, Values::text, problems),
            Types::writeTexts);

    private Types() {}

    private static Type<String> text(NodeReader<String> reader) {
        return new Type<>(
                "a text", json -> json.writeStringField("type", "string"), reader, JsonGenerator::writeString);
    }

    private static Type.Schema reference(String definition) {
        return json -> json.writeStringField("$ref", "#/$defs/" + definition);
    }

    private static void writeTexts(JsonGenerator json, List<String> texts) throws IOException {
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** A whole number in a range, both ends inclusive. */
    public static Type<Integer> integer(int min, int max) {
        return new Type<>(
                Values.range(min, max),
                json -> {
                    json.writeStringField("type", "integer");
                    json.writeNumberField("minimum", min);
                    json.writeNumberField("maximum", max);
                },
                (node, problems) -> Values.integer(node, min, max, problems),
                (json, value) -> json.writeNumber(value));
    }

    /** One of some words. */
    public static <E> Type<E> word(E[] values, Function<E, String> word) {
        List<E> all = Arrays.asList(values);
        return new Type<>(
                Values.words(all, word),
                json -> {
                    json.writeStringField("type", "string");
                    json.writeFieldName("enum");
                    writeTexts(json, all.stream().map(word).toList());
                },
                (node, problems) -> Values.word(node, all, word, problems),
                (json, value) -> json.writeString(word.apply(value)));
    }
}
