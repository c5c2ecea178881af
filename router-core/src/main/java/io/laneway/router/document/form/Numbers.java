package io.laneway.router.document.form;

import io.laneway.router.document.fields.Values;

/** Types of whole numbers. */
public final class Numbers {

    private Numbers() {}

    /** A whole number in a range, both ends inclusive. */
    public static Type<Integer> integer(int min, int max) {
        return new Type<>(
                Values.range(min, max),
                max == Integer.MAX_VALUE ? "number ≥ " + min : min + " to " + max,
                json -> {
                    json.writeStringField("type", "integer");
                    json.writeNumberField("minimum", min);
                    json.writeNumberField("maximum", max);
                },
                (node, problems) -> Values.integer(node, min, max, problems),
                (json, value) -> json.writeNumber(value));
    }

    /** A whole number from a least one on, which may be large. */
    public static Type<Long> from(long min) {
        return new Type<>(
                Values.range(min, Long.MAX_VALUE),
                "number ≥ " + min,
                json -> {
                    json.writeStringField("type", "integer");
                    json.writeNumberField("minimum", min);
                },
                (node, problems) -> Values.number(node, min, Long.MAX_VALUE, problems),
                (json, value) -> json.writeNumber(value));
    }

    /** One number and no other. */
    public static Type<Integer> constant(int value) {
        return new Type<>(
                Values.range(value, value),
                "`" + value + "`",
                json -> json.writeNumberField("const", value),
                (node, problems) -> Values.integer(node, value, value, problems),
                (json, number) -> json.writeNumber(number));
    }
}
