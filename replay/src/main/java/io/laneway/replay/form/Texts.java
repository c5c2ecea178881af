package io.laneway.replay.form;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes as text where that loses nothing. Stateless. */
public final class Texts {

    private Texts() {}

    /** The text, null if the bytes are not UTF-8. */
    public static @Nullable String utf8(byte[] bytes) {
        return of(bytes, StandardCharsets.UTF_8);
    }

    /** The text, null if the bytes are none in this charset or would not come back from it. */
    public static @Nullable String of(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
