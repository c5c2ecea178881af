package io.laneway.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.laneway.router.text.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One named resource, encoded. Immutable.
 *
 * @param version a digest of its bytes, so that replicas of the control API, and the same one after a restart, give equal
 *                resources equal versions
 */
public record Resource(ResourceType type, String name, String version, Any body) {

    private static final int DIGEST_BYTES = 8;

    /** Encodes a message. */
    public static Resource of(ResourceType type, String name, Message message) {
        ByteString bytes = message.toByteString();
        return of(type, name, bytes, digest(bytes));
    }

    static Resource of(ResourceType type, String name, ByteString bytes, String version) {
        Any body = Any.newBuilder().setTypeUrl(type.url()).setValue(bytes).build();
        return new Resource(type, name, version, body);
    }

    static String digest(ByteString bytes) {
        MessageDigest digest = Sha256.digest();
        bytes.asReadOnlyByteBufferList().forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    }
}
