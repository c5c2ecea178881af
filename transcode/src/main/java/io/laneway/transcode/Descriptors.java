package io.laneway.transcode;

import com.google.api.AnnotationsProto;
import com.google.api.HttpBodyProto;
import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.StatusProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of a descriptor set, linked. Immutable. */
record Descriptors(List<FileDescriptor> files) {

    /** What sets may leave out, as every runtime of protobuf has it. */
    private static final List<FileDescriptor> KNOWN = List.of(
            AnnotationsProto.getDescriptor(),
            AnyProto.getDescriptor(),
            ApiProto.getDescriptor(),
            DescriptorProtos.getDescriptor(),
            DurationProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            ErrorDetailsProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            HttpBodyProto.getDescriptor(),
            StatusProto.getDescriptor(),
            StructProto.getDescriptor(),
            TimestampProto.getDescriptor(),
            TypeProto.getDescriptor(),
            WrappersProto.getDescriptor());

    Descriptors {
        files = List.copyOf(files);
    }

    /**
     * Reads a {@code FileDescriptorSet}.
     *
     * @throws IllegalArgumentException if it cannot be read or lacks something
     */
    static Descriptors read(byte[] set) {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(extensions);
        try {
            FileDescriptorSet read = FileDescriptorSet.parseFrom(set, extensions);
            if (read.getFileCount() == 0) {
                throw new IllegalArgumentException("a descriptor set without a file");
            }
            return new Linking(read).link();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no descriptor set: " + e.getMessage(), e);
        }
    }

    /** One set on its way to being linked. Confined to one thread. */
    private static final class Linking {

        private final Map<String, FileDescriptorProto> given = new LinkedHashMap<>();
        private final Map<String, FileDescriptor> linked = new HashMap<>();
        private final Set<String> open = new HashSet<>();

        Linking(FileDescriptorSet set) {
            set.getFileList().forEach(file -> given.put(file.getName(), file));
            KNOWN.forEach(file -> known(file));
        }

        private void known(FileDescriptor file) {
            linked.put(file.getName(), file);
            file.getDependencies().forEach(this::known);
        }

        Descriptors link() {
            return new Descriptors(given.keySet().stream().map(this::file).toList());
        }

        private FileDescriptor file(String name) {
            FileDescriptor done = linked.get(name);
            if (done != null) {
                return done;
            }
            FileDescriptorProto file = given.get(name);
            if (file == null) {
                throw new IllegalArgumentException("it imports " + name + ", which it does not hold");
            }
            if (!open.add(name)) {
                throw new IllegalArgumentException(name + " imports itself");
            }
            FileDescriptor[] imports =
                    file.getDependencyList().stream().map(this::file).toArray(FileDescriptor[]::new);
            try {
                FileDescriptor built = FileDescriptor.buildFrom(file, imports);
                linked.put(name, built);
                return built;
            } catch (DescriptorValidationException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
