package io.laneway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a method is called by HTTP. Immutable.
 *
 * @param verb     the method of HTTP, {@code *} for all
 * @param body     the field that the request's body is, null for none, or all where {@code whole}
 * @param whole    whether the body is the whole message
 * @param response the field that the response's body is, null for the whole message
 */
record Binding(
        MethodDescriptor method,
        String verb,
        PathTemplate path,
        @Nullable FieldDescriptor body,
        boolean whole,
        @Nullable FieldDescriptor response) {

    static final String HTTP_BODY = "google.api.HttpBody";

    /** The target of the call. */
    String target() {
        return "/" + method.getService().getFullName() + "/" + method.getName();
    }

    /** Whether that message is a body as it is, with a type of its own, and not JSON. */
    static boolean isRaw(Descriptor message) {
        return message.getFullName().equals(HTTP_BODY);
    }

    static boolean isRaw(@Nullable FieldDescriptor field) {
        return field != null
                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isRepeated()
                && isRaw(field.getMessageType());
    }
}
