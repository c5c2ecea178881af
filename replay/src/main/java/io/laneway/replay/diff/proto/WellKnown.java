package io.laneway.replay.diff.proto;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that stand for a value: times, durations, wrappers and JSON. Compared as that value, so that tolerances of
 * times and numbers hold for them. Stateless.
 */
final class WellKnown {

    /** What a message is whose kind is not among these. */
    interface Rest {

        /** A field's value as a tree. */
        @Nullable
        Object value(FieldDescriptor field, Object value);

        /** A message's fields as a tree. */
        Object fields(MessageOrBuilder message);
    }

    private static final String PACKAGE = "google.protobuf.";
    private static final Set<String> NAMES = Set.of(
            "Timestamp",
            "Duration",
            "Struct",
            "Value",
            "ListValue",
            "DoubleValue",
            "FloatValue",
            "Int64Value",
            "UInt64Value",
            "Int32Value",
            "UInt32Value",
            "BoolValue",
            "StringValue",
            "BytesValue");

    /** With as many digits always: a whole second is no other form of a time. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(java.util.Locale.ROOT);

    private WellKnown() {}

    static boolean has(String name) {
        return name.startsWith(PACKAGE) && NAMES.contains(name.substring(PACKAGE.length()));
    }

    static @Nullable Object value(String name, MessageOrBuilder message, Rest tree) {
        return switch (name.substring(PACKAGE.length())) {
            case "Timestamp" -> time(message, tree);
            case "Duration" ->
                BigDecimal.valueOf(whole(message, 1))
                        .add(BigDecimal.valueOf(whole(message, 2), 9))
                        .doubleValue();
            case "Value" -> json(message, tree);
            default -> tree.value(field(message, 1), message.getField(field(message, 1)));
        };
    }

    private static Object time(MessageOrBuilder message, Rest tree) {
        try {
            return TIME.format(Instant.ofEpochSecond(whole(message, 1), whole(message, 2)));
        } catch (DateTimeException e) {
            return tree.fields(message);
        }
    }

    /** The one field of a {@code Value} that is set. */
    private static @Nullable Object json(MessageOrBuilder message, Rest tree) {
        for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
            return set.getKey().getNumber() == 1 ? null : tree.value(set.getKey(), set.getValue());
        }
        return null;
    }

    private static long whole(MessageOrBuilder message, int number) {
        return ((Number) message.getField(field(message, number))).longValue();
    }

    private static FieldDescriptor field(MessageOrBuilder message, int number) {
        return message.getDescriptorForType().findFieldByNumber(number);
    }
}
