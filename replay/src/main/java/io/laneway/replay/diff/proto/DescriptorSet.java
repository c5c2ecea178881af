package io.laneway.replay.diff.proto;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages and methods of a {@code FileDescriptorSet}, as {@code protoc --descriptor_set_out} writes it. Immutable. */
final class DescriptorSet {

    private final Map<String, MethodDescriptor> methods = new HashMap<>();
    private final Map<String, Descriptor> messages = new HashMap<>();
    private final ExtensionRegistry extensions = ExtensionRegistry.newInstance();

    private DescriptorSet(List<FileDescriptor> files) {
        for (FileDescriptor file : files) {
            file.getServices().forEach(this::service);
            file.getMessageTypes().forEach(this::message);
            file.getExtensions().forEach(this::extension);
        }
    }

    /**
     * Reads a set.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    static DescriptorSet read(byte[] bytes) {
        FileDescriptorSet set;
        try {
            set = FileDescriptorSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no descriptor set: " + e.getMessage(), e);
        }
        if (set.getFileCount() == 0) {
            throw new IllegalArgumentException("a descriptor set without a file");
        }
        return new DescriptorSet(new LinkedFiles(set).all());
    }

    private void service(ServiceDescriptor service) {
        for (MethodDescriptor method : service.getMethods()) {
            methods.put(service.getFullName() + "/" + method.getName(), method);
        }
    }

    private void message(Descriptor message) {
        messages.put(message.getFullName(), message);
        message.getNestedTypes().forEach(this::message);
        message.getExtensions().forEach(this::extension);
    }

    private void extension(FieldDescriptor field) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            extensions.add(field, DynamicMessage.getDefaultInstance(field.getMessageType()));
        } else {
            extensions.add(field);
        }
    }

    /** The method of a request's path, which may have more in front: {@code /api/shop.Orders/Get}. */
    @Nullable
    MethodDescriptor method(String path) {
        int slash = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
        return methods.get(path.substring(slash + 1));
    }

    /** The message of this full name. */
    @Nullable
    Descriptor message(String name) {
        return messages.get(name);
    }

    /** Reads a message, as far as its required fields are there. */
    DynamicMessage parse(Descriptor type, byte[] bytes) throws InvalidProtocolBufferException {
        return DynamicMessage.newBuilder(type).mergeFrom(bytes, extensions).buildPartial();
    }
}
