package io.laneway.router.document.fields;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads single nodes as typed values; what is wrong becomes a problem and null. */
public final class Values {

    private Values() {}

    /** A text that is not empty. */
    public static @Nullable String text(Node node, Problems problems) {
        String text = anyText(node, problems);
        return text != null && text.isBlank() ? wrong(node, "a text that is not empty", problems) : text;
    }

    /** A text, which may be empty. */
    public static @Nullable String anyText(Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.TEXT) {
            return scalar.text();
        }
        return wrong(node, node instanceof Scalar ? "a text, in quotes" : "a text", problems);
    }

    /** A text, number or boolean, as it is written. */
    public static @Nullable String scalar(Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NULL) {
            return scalar.text();
        }
        return wrong(node, "a text", problems);
    }

    /** True or false. */
    public static @Nullable Boolean bool(Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.BOOLEAN) {
            return Boolean.valueOf(scalar.text().toLowerCase(Locale.ROOT));
        }
        return wrong(node, "true or false", problems);
    }

    /** A whole number in a range, both ends inclusive. */
    public static @Nullable Integer integer(Node node, int min, int max, Problems problems) {
        Long number = number(node, min, max, problems);
        return number == null ? null : Integer.valueOf(number.intValue());
    }

    /** A whole number in a range; null after a problem. */
    public static @Nullable Long number(Node node, long min, long max, Problems problems) {
        BigInteger value = whole(node);
        if (value != null
                && value.compareTo(BigInteger.valueOf(min)) >= 0
                && value.compareTo(BigInteger.valueOf(max)) <= 0) {
            return value.longValue();
        }
        return wrong(node, range(min, max), problems);
    }

    private static @Nullable BigInteger whole(Node node) {
        if (!(node instanceof Scalar scalar) || scalar.kind() != Scalar.Kind.INTEGER) {
            return null;
        }
        String text = scalar.text();
        if (text.length() > 20) {
            return null;
        }
        try {
            return text.startsWith("0x")
                    ? new BigInteger(text.substring(2), 16)
                    : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What is expected of a whole number in a range. */
    public static String range(long min, long max) {
        boolean open = max == Long.MAX_VALUE || max == Integer.MAX_VALUE;
        return open ? "a whole number >= " + min : "a whole number from " + min + " to " + max;
    }

    /** A whole percentage such as {@code 20%}, as 0 to 100. */
    public static @Nullable Integer percent(Node node, Problems problems) {
        String text = node instanceof Scalar scalar ? scalar.text().strip() : "";
        if (text.matches("\\d{1,3}\\s*%")) {
            int percent = Integer.parseInt(text.substring(0, text.length() - 1).strip());
            if (percent <= 100) {
                return percent;
            }
        }
        return wrong(node, "a whole percentage from 0% to 100%", problems);
    }

    /** A time in ISO 8601. */
    public static @Nullable Instant instant(Node node, Problems problems) {
        try {
            if (node instanceof Scalar scalar) {
                return OffsetDateTime.parse(scalar.text()).toInstant();
            }
        } catch (DateTimeException e) {
            return wrong(node, "a time such as 2026-12-01T00:00:00Z", problems);
        }
        return wrong(node, "a time such as 2026-12-01T00:00:00Z", problems);
    }

    /** A text that a parser takes; its {@link IllegalArgumentException} becomes the problem. */
    public static <T> @Nullable T parsed(Node node, Function<String, T> parser, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() != Scalar.Kind.TEXT) {
            return wrong(node, expected(scalar.text(), parser), problems);
        }
        String text = text(node, problems);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(Refusals.problem(node, Map.of(), e));
            return null;
        }
    }

    /** What a parser takes in place of a number or a word; that it is a text alone, where that would do. */
    private static String expected(String text, Function<String, ?> parser) {
        try {
            var unused = parser.apply(text);
            return "a text, in quotes";
        } catch (IllegalArgumentException e) {
            String expected = Refusals.expected(e);
            return expected.isEmpty() ? "a text, in quotes" : expected;
        }
    }

    /** One of some words. */
    public static <E> @Nullable E word(Node node, List<E> values, Function<E, String> word, Problems problems) {
        if (node instanceof Scalar scalar) {
            for (E value : values) {
                if (word.apply(value).equals(scalar.text())) {
                    return value;
                }
            }
        }
        return wrong(node, words(values, word), problems);
    }

    /** What is expected of a word among some. */
    public static <E> String words(List<E> values, Function<E, String> word) {
        return values.stream().map(word).collect(Collectors.joining(", ", values.size() == 1 ? "" : "one of ", ""));
    }

    /** The values of a list without those that are wrong. */
    public static <T> @Nullable List<T> list(Node node, NodeReader<T> item, Problems problems) {
        if (!(node instanceof Sequence sequence)) {
            return wrong(node, "a list", problems);
        }
        List<T> values = new ArrayList<>(sequence.items().size());
        for (Node one : sequence.items()) {
            T value = item.read(one, problems);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The values of a mapping by their keys, without those that are wrong. */
    public static <T> @Nullable Map<String, T> map(Node node, NodeReader<T> member, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            return wrong(node, "a mapping", problems);
        }
        Map<String, T> values = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : mapping.members().entrySet()) {
            T value = member.read(entry.getValue(), problems);
            if (value != null) {
                values.put(entry.getKey(), value);
            }
        }
        return values;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // only ever null, which is of every type
    private static <T> @Nullable T wrong(Node node, String expected, Problems problems) {
        problems.add(node, node.described(), expected);
        return null;
    }
}
