package io.laneway.gateway.server.replay;

import io.laneway.replay.diff.proto.ProtoReader;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads messages of protobuf where the distribution has the classes for it, which a gateway by itself has not. Stateless. */
final class Messages {

    private Messages() {}

    /** Whether this process can. */
    static boolean readable() {
        try {
            Class.forName("com.google.protobuf.DynamicMessage", false, Messages.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * A reader by a descriptor set in Base64; null for none.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    static @Nullable ProtoReader of(@Nullable String descriptors) {
        if (descriptors == null) {
            return null;
        }
        try {
            return ProtoReader.of(Base64.getDecoder().decode(descriptors));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("descriptors: " + e.getMessage(), e);
        }
    }
}
