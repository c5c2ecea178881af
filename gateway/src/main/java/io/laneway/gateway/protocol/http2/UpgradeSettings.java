package io.laneway.gateway.protocol.http2;

import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The settings that a client sends along when it asks for HTTP/2 by upgrade (RFC 7540 section 3.2.1). Stateless. */
public final class UpgradeSettings {

    private static final int SETTING = 6;
    private static final int MOST = 32;

    private UpgradeSettings() {}

    /** The settings in a value of {@code HTTP2-Settings}; null if it is malformed. */
    public static @Nullable Http2Settings read(Slice value) {
        byte[] payload;
        try {
            payload = Base64.getUrlDecoder().decode(value.toString());
        } catch (IllegalArgumentException e) {
            return null;
        }
        return payload.length % SETTING == 0 && payload.length <= SETTING * MOST
                ? settings(Unpooled.wrappedBuffer(payload))
                : null;
    }

    private static @Nullable Http2Settings settings(ByteBuf payload) {
        Http2Settings settings = new Http2Settings();
        while (payload.isReadable()) {
            try {
                settings.put((char) payload.readUnsignedShort(), Long.valueOf(payload.readUnsignedInt()));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return settings;
    }
}
