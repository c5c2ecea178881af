package io.laneway.replay.diff.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.laneway.replay.diff.json.DeclaredMembers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as trees of maps, lists, texts, numbers and truth values. A field without presence always has a value, so
 * that a zero is compared as a number; one with presence is absent where it is not set. Confined to one thread.
 */
final class MessageTree implements WellKnown.Rest {

    private final DescriptorSet set;

    MessageTree(DescriptorSet set) {
        this.set = set;
    }

    @Nullable
    Object of(MessageOrBuilder message) {
        String name = message.getDescriptorForType().getFullName();
        if (WellKnown.has(name)) {
            return WellKnown.value(name, message, this);
        }
        return name.equals("google.protobuf.Any") ? any(message) : fields(message);
    }

    @Override
    public DeclaredMembers fields(MessageOrBuilder message) {
        DeclaredMembers tree = new DeclaredMembers();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated() || !field.hasPresence() || message.hasField(field)) {
                tree.put(field.getName(), value(field, message.getField(field)));
            }
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.isExtension()) {
                tree.put("(" + field.getFullName() + ")", value(field, value));
            }
        });
        tree.putAll(UnknownFields.of(message.getUnknownFields()));
        return tree;
    }

    @Override
    public @Nullable Object value(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            return map(field, (List<?>) value);
        }
        if (!field.isRepeated()) {
            return single(field, value);
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (Object item : (List<?>) value) {
            items.add(single(field, item));
        }
        return items;
    }

    private Map<String, @Nullable Object> map(FieldDescriptor field, List<?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (Object it : entries) {
            Message entry = (Message) it;
            tree.put(String.valueOf(single(key, entry.getField(key))), single(value, entry.getField(value)));
        }
        return tree;
    }

    private @Nullable Object single(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case MESSAGE, GROUP -> of((Message) value);
            case ENUM -> enumeration((EnumValueDescriptor) value);
            case BYTES -> UnknownFields.bytes((ByteString) value);
            case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
            case UINT64, FIXED64 -> new BigInteger(Long.toUnsignedString((Long) value));
            case FLOAT, DOUBLE -> number((Number) value);
            default -> value instanceof Integer number ? (Object) number.longValue() : value;
        };
    }

    private static Object enumeration(EnumValueDescriptor value) {
        return value.getIndex() < 0 ? "UNKNOWN_" + value.getNumber() : value.getName();
    }

    /** What is no number is a text, as in protobuf's own JSON. */
    private static Object number(Number value) {
        double number = value instanceof Float ? Double.parseDouble(value.toString()) : value.doubleValue();
        return Double.isFinite(number) ? (Object) number : String.valueOf(number);
    }

    /** With the fields of the message that is in it, where the set has its type. */
    private Object any(MessageOrBuilder any) {
        Descriptor type = any.getDescriptorForType();
        String url = (String) any.getField(type.findFieldByNumber(1));
        ByteString value = (ByteString) any.getField(type.findFieldByNumber(2));
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("@type", url);
        Descriptor inner = set.message(url.substring(url.lastIndexOf('/') + 1));
        tree.put("value", inner == null ? UnknownFields.bytes(value) : inner(inner, value));
        return tree;
    }

    private @Nullable Object inner(Descriptor type, ByteString value) {
        try {
            return of(set.parse(type, value.toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            return UnknownFields.bytes(value);
        }
    }
}
