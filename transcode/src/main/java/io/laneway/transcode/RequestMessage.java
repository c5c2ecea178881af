package io.laneway.transcode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The message of a call, made of a request's path, query and body. Immutable.
 *
 * @param query without its question mark
 * @param type  the media type of the body, empty for none
 */
record RequestMessage(Bindings.Match match, String query, String type) {

    /** @throws IllegalArgumentException if the request is malformed, with the reason for its client */
    byte[] of(byte[] body, Json json) {
        Binding binding = match.binding();
        DynamicMessage.Builder message =
                DynamicMessage.newBuilder(binding.method().getInputType());
        try {
            body(message, body, json);
            if (!binding.whole()) {
                query(message);
            }
            List<PathTemplate.Variable> variables = binding.path().variables();
            for (int i = 0; i < variables.size(); i++) {
                Fields.set(message, variables.get(i).field(), match.values().get(i));
            }
            return message.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private void body(DynamicMessage.Builder message, byte[] body, Json json) throws InvalidProtocolBufferException {
        Binding binding = match.binding();
        FieldDescriptor field = binding.body();
        if (body.length == 0) {
            return;
        }
        if (binding.whole() && Binding.isRaw(message.getDescriptorForType())) {
            raw(message, body);
        } else if (binding.whole()) {
            json.read(text(body), message);
        } else if (field != null && Binding.isRaw(field)) {
            Message.Builder value = message.newBuilderForField(field);
            raw(value, body);
            message.setField(field, value.build());
        } else if (field != null) {
            json.read(text(body), message, field);
        }
    }

    private void raw(Message.Builder into, byte[] body) {
        Descriptor form = into.getDescriptorForType();
        into.setField(form.findFieldByName("content_type"), type);
        into.setField(form.findFieldByName("data"), ByteString.copyFrom(body));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private void query(DynamicMessage.Builder message) {
        if (query.isEmpty()) {
            return;
        }
        Set<String> bound = match.binding().path().variables().stream()
                .map(PathTemplate.Variable::field)
                .collect(Collectors.toSet());
        String body =
                match.binding().body() == null ? null : match.binding().body().getName();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            boolean ofBody = body != null && (name.equals(body) || name.startsWith(body + "."));
            if (!bound.contains(name) && !ofBody) {
                Fields.set(message, name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        return Percent.decode(text.replace('+', ' '), true);
    }
}
