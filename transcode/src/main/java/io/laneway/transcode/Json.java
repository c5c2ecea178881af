package io.laneway.transcode;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Messages of one descriptor set as JSON (proto3 JSON mapping), and back. Immutable. */
final class Json {

    private final JsonFormat.Parser parser;
    private final JsonFormat.Printer printer;

    Json(Descriptors set) {
        JsonFormat.TypeRegistry.Builder types = JsonFormat.TypeRegistry.newBuilder();
        boolean details = false;
        for (FileDescriptor file : set.files()) {
            types.add(file.getMessageTypes());
            details |= file.getName().equals(ErrorDetailsProto.getDescriptor().getName());
        }
        if (!details) {
            types.add(ErrorDetailsProto.getDescriptor().getMessageTypes());
        }
        JsonFormat.TypeRegistry registry = types.build();
        parser = JsonFormat.parser().usingTypeRegistry(registry);
        printer = JsonFormat.printer().omittingInsignificantWhitespace().usingTypeRegistry(registry);
    }

    /** Reads a message into a builder. */
    void read(String json, Message.Builder into) throws InvalidProtocolBufferException {
        NumberBounds.check(JsonParser.parseString(json), into.getDescriptorForType());
        parser.merge(json, into);
    }

    /** Reads the value of a field. */
    void read(String json, Message.Builder into, FieldDescriptor field) throws InvalidProtocolBufferException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
            Message.Builder value = into.newBuilderForField(field);
            read(json, value);
            into.setField(field, value.build());
            return;
        }
        JsonObject around = new JsonObject();
        around.add(field.getJsonName(), JsonParser.parseString(json));
        read(around.toString(), into);
    }

    /** A message, or the value of one of its fields. */
    String write(Message message, @Nullable FieldDescriptor field) throws InvalidProtocolBufferException {
        if (field == null) {
            return printer.print(message);
        }
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
            return printer.print((Message) message.getField(field));
        }
        DynamicMessage.Builder alone = DynamicMessage.newBuilder(message.getDescriptorForType());
        alone.setField(field, message.getField(field));
        String all =
                printer.includingDefaultValueFields(java.util.Set.of(field)).print(alone.build());
        JsonElement value = JsonParser.parseString(all).getAsJsonObject().get(field.getJsonName());
        return String.valueOf(value);
    }

    /** {@code google.rpc.Status}, with the details that the encoded one has. */
    String status(int code, String message, byte @Nullable [] encoded) {
        JsonObject status = new JsonObject();
        status.addProperty("code", code);
        status.addProperty("message", message);
        com.google.gson.JsonArray details = new com.google.gson.JsonArray();
        try {
            if (encoded != null) {
                for (Any detail : com.google.rpc.Status.parseFrom(encoded).getDetailsList()) {
                    details.add(detail(detail));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            // what cannot be read says nothing
            details = new com.google.gson.JsonArray();
        }
        status.add("details", details);
        return status.toString();
    }

    private JsonElement detail(Any detail) {
        try {
            return JsonParser.parseString(printer.print(detail));
        } catch (InvalidProtocolBufferException e) {
            JsonObject unknown = new JsonObject();
            unknown.addProperty("@type", detail.getTypeUrl());
            unknown.addProperty(
                    "value",
                    Base64.getEncoder().encodeToString(detail.getValue().toByteArray()));
            return unknown;
        }
    }

    static DynamicMessage parse(Descriptor type, byte[] octets) throws InvalidProtocolBufferException {
        return DynamicMessage.parseFrom(type, octets);
    }
}
