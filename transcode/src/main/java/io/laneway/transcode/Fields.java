package io.laneway.transcode;

import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Fields of messages set by texts of a path or query. Stateless. */
final class Fields {

    private static final String WELL_KNOWN = "google.protobuf.";

    private Fields() {}

    /** By its name or its name in JSON. */
    static @Nullable FieldDescriptor field(Descriptor in, String name) {
        FieldDescriptor field = in.findFieldByName(name);
        if (field != null) {
            return field;
        }
        for (FieldDescriptor each : in.getFields()) {
            if (each.getJsonName().equals(name)) {
                return each;
            }
        }
        return null;
    }

    private static boolean isOneMessage(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE && !field.isRepeated();
    }

    /** Whether a path of fields leads to one that a text can be. */
    static boolean isLeaf(Descriptor from, String path) {
        Descriptor in = from;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length; i++) {
            FieldDescriptor field = field(in, names[i]);
            if (field == null) {
                return false;
            }
            if (i == names.length - 1) {
                return field.getJavaType() != JavaType.MESSAGE || isWellKnown(field);
            }
            if (!isOneMessage(field)) {
                return false;
            }
            in = field.getMessageType();
        }
        return false;
    }

    private static boolean isWellKnown(FieldDescriptor field) {
        return !field.isMapField() && field.getMessageType().getFullName().startsWith(WELL_KNOWN);
    }

    /**
     * Sets the field at the end of a path, or adds to it if it is repeated; nothing if there is none, as a query carries other
     * things as well, such as lanes.
     *
     * @throws IllegalArgumentException if it cannot have that value
     */
    static void set(Message.Builder root, String path, String text) {
        if (!isLeaf(root.getDescriptorForType(), path)) {
            return;
        }
        Message.Builder in = root;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            in = in.getFieldBuilder(field(in.getDescriptorForType(), names[i]));
        }
        FieldDescriptor field = field(in.getDescriptorForType(), names[names.length - 1]);
        if (field == null) {
            return;
        }
        Object value;
        try {
            value = value(in, field, text);
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(path + ": '" + text + "' (expected: " + type(field) + ")", e);
        }
        if (field.isRepeated()) {
            in.addRepeatedField(field, value);
        } else {
            in.setField(field, value);
        }
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static Object value(Message.Builder in, FieldDescriptor field, String text)
            throws InvalidProtocolBufferException {
        boolean unsigned = field.getType() == FieldDescriptor.Type.UINT32
                || field.getType() == FieldDescriptor.Type.FIXED32
                || field.getType() == FieldDescriptor.Type.UINT64
                || field.getType() == FieldDescriptor.Type.FIXED64;
        return switch (field.getJavaType()) {
            case INT -> unsigned ? Integer.parseUnsignedInt(text) : Integer.parseInt(text);
            case LONG -> unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
            case FLOAT -> Float.parseFloat(text);
            case DOUBLE -> Double.parseDouble(text);
            case BOOLEAN -> bool(text);
            case STRING -> text;
            case BYTE_STRING -> bytes(text);
            case ENUM -> enumValue(field, text);
            case MESSAGE -> message(in, field, text);
        };
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFrom(
                Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    }

    private static EnumValueDescriptor enumValue(FieldDescriptor field, String text) {
        EnumValueDescriptor named = field.getEnumType().findValueByName(text);
        return named != null ? named : field.getEnumType().findValueByNumberCreatingIfUnknown(Integer.parseInt(text));
    }

    private static Message message(Message.Builder in, FieldDescriptor field, String text)
            throws InvalidProtocolBufferException {
        NumberBounds.check(text);
        Message.Builder value = in.newBuilderForField(field);
        boolean plain = field.getMessageType().getName().equals("BoolValue");
        JsonFormat.parser().merge(plain ? text : new JsonPrimitive(text).toString(), value);
        return value.build();
    }
}
