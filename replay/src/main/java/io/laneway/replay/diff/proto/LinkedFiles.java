package io.laneway.replay.diff.proto;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links the files of a descriptor set. What a file imports and the set lacks is left open: fields of its types are
 * read as unknown ones. Confined to one thread.
 */
final class LinkedFiles {

    /** What sets may leave out, as every runtime of protobuf has it. */
    private static final List<FileDescriptor> KNOWN = List.of(
            AnyProto.getDescriptor(),
            ApiProto.getDescriptor(),
            DescriptorProtos.getDescriptor(),
            DurationProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            SourceContextProto.getDescriptor(),
            StructProto.getDescriptor(),
            TimestampProto.getDescriptor(),
            TypeProto.getDescriptor(),
            WrappersProto.getDescriptor());

    private final Map<String, FileDescriptorProto> given = new LinkedHashMap<>();
    private final Map<String, FileDescriptor> linked = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    LinkedFiles(FileDescriptorSet set) {
        set.getFileList().forEach(file -> given.put(file.getName(), file));
        KNOWN.forEach(file -> linked.put(file.getName(), file));
    }

    List<FileDescriptor> all() {
        return given.keySet().stream().map(this::file).filter(Objects::nonNull).toList();
    }

    private @Nullable FileDescriptor file(String name) {
        FileDescriptor done = linked.get(name);
        FileDescriptorProto file = given.get(name);
        if (done != null || file == null) {
            return done;
        }
        if (!open.add(name)) {
            throw new IllegalArgumentException(name + " imports itself");
        }
        FileDescriptor[] imports = file.getDependencyList().stream()
                .map(this::file)
                .filter(Objects::nonNull)
                .toArray(FileDescriptor[]::new);
        try {
            FileDescriptor built = FileDescriptor.buildFrom(file, imports, true);
            linked.put(name, built);
            return built;
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
