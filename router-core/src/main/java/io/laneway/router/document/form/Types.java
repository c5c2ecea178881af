package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.fields.Values;
import io.laneway.router.unit.ByteSize;
import io.laneway.router.unit.Durations;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
            "boolean",
            json -> json.writeStringField("type", "boolean"),
            Values::bool,
            (json, value) -> json.writeBoolean(value));

    /** A time in ISO 8601. */
    public static final Type<Instant> INSTANT = new Type<>(
            "a time such as 2026-12-01T00:00:00Z",
            "time",
            json -> {
                json.writeStringField("type", "string");
                json.writeStringField("format", "date-time");
            },
            Values::instant,
            (json, value) -> json.writeString(value.toString()));

    /** Texts by their names; numbers and booleans count as they are written. */
    public static final Type<Map<String, String>> TEXT_MAP = new Type<>(
            "a mapping",
            "mapping of texts",
            json -> {
                json.writeStringField("type", "object");
                json.writeObjectFieldStart("additionalProperties");
                json.writeStringField("type", "string");
                json.writeEndObject();
            },
            (node, problems) -> Values.map(node, Values::scalar, problems),
            Types::writeMap);

    /** A list of texts. */
    public static final Type<List<String>> TEXTS = list(TEXT).labelled("list of texts");

    private static final Named<Duration> DURATIONS = new Named<>(
            "Duration",
            new Type<>(
                    "a duration such as 500ms",
                    "duration",
                    pattern("A time such as 500ms, 5s, 15m or 6d", "^\\s*\\d{1,15}\\s*(ms|s|m|h|d)\\s*$"),
                    (node, problems) -> Values.parsed(node, Durations::parse, problems),
                    (json, value) -> json.writeString(Durations.format(value))));

    private static final Named<Share> SHARES = new Named<>(
            "Share",
            new Type<>(
                    "a percentage such as 20%",
                    "share",
                    pattern(
                            "A percentage with at most two decimals, such as 20% or 12.5%",
                            "^\\s*\\d{1,3}(\\.\\d{1,2})?\\s*%\\s*$"),
                    (node, problems) -> Values.parsed(node, Share::parse, problems),
                    (json, value) -> json.writeString(value.toString())));

    private static final Named<ByteSize> SIZES = new Named<>(
            "Size",
            new Type<>(
                    "a size such as 10MiB",
                    "size",
                    pattern(
                            "A number of bytes such as 512B, 64KiB, 10MiB or 1GiB",
                            "^\\s*\\d{1,15}\\s*(B|KiB|MiB|GiB)\\s*$"),
                    (node, problems) -> Values.parsed(node, ByteSize::parse, problems),
                    (json, value) -> json.writeString(value.toString())));

    private static final Named<Integer> PERCENTS = new Named<>(
            "Percent",
            new Type<>(
                    "a whole percentage from 0% to 100%",
                    "whole percentage",
                    pattern("A whole percentage, such as 20%", "^\\s*\\d{1,3}\\s*%\\s*$"),
                    Values::percent,
                    (json, value) -> json.writeString(value + "%")));

    /** A duration such as {@code 500ms}. */
    public static final Type<Duration> DURATION = DURATIONS.reference();

    /** A share such as {@code 12.5%}. */
    public static final Type<Share> SHARE = SHARES.reference();

    /** A number of bytes such as {@code 10MiB}. */
    public static final Type<ByteSize> SIZE = SIZES.reference();

    /** A whole percentage such as {@code 20%}, as 0 to 100. */
    public static final Type<Integer> PERCENT = PERCENTS.reference();

    /** What the schema of these types refers to. */
    public static final List<Definition> DEFINITIONS = List.of(DURATIONS, SHARES, SIZES, PERCENTS);

    private Types() {}

    private static Type<String> text(NodeReader<String> reader) {
        return new Type<>(
                "a text", "text", json -> json.writeStringField("type", "string"), reader, JsonGenerator::writeString);
    }

    private static Type.Schema pattern(String doc, String pattern) {
        return json -> {
            json.writeStringField("type", "string");
            json.writeStringField("description", doc);
            json.writeStringField("pattern", pattern);
        };
    }

    private static void writeMap(JsonGenerator json, Map<String, String> texts) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** A text of which a parser makes a value, whose {@code toString} is the text again. */
    public static <V> Type<V> parsed(String label, Function<String, V> parser) {
        return new Type<>(
                "a text",
                label,
                json -> json.writeStringField("type", "string"),
                (node, problems) -> Values.parsed(node, parser, problems),
                (json, value) -> json.writeString(String.valueOf(value)));
    }

    /** A list. */
    public static <V> Type<List<V>> list(Type<V> item) {
        return new Type<>(
                "a list",
                "list of " + item.label(),
                json -> {
                    json.writeStringField("type", "array");
                    json.writeFieldName("items");
                    item.schema().item(json);
                },
                (node, problems) -> Values.list(node, item.reader(), problems),
                (json, values) -> writeList(json, values, item.writer()));
    }

    static <V> void writeList(JsonGenerator json, List<V> values, Type.Writer<V> item) throws IOException {
        json.writeStartArray();
        for (V value : values) {
            item.write(json, value);
        }
        json.writeEndArray();
    }
}
