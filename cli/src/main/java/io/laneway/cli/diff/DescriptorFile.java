package io.laneway.cli.diff;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.replay.diff.proto.ProtoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the descriptor set of {@code --descriptors}. Stateless. */
public final class DescriptorFile {

    private DescriptorFile() {}

    /** A reader by the set of that file; what is wrong with it is the message of a {@link CommandFailed}. */
    public static ProtoReader read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(file + ": is not there (expected: a descriptor set)");
        }
        try {
            return ProtoReader.of(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(file + ": " + e.getMessage()
                    + " (expected: what `protoc --include_imports --descriptor_set_out` writes)");
        }
    }
}
