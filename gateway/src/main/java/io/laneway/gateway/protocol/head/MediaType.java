package io.laneway.gateway.protocol.head;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A media type, to be recognised in {@code Content-Type} without regard to suffix and parameters. Immutable. */
public final class MediaType {

    private final byte[] type;

    private MediaType(String type) {
        this.type = type.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
    }

    public static MediaType of(String type) {
        return new MediaType(type);
    }

    /** Whether the message says that it is of this type, or of this one with a {@code +suffix}. */
    public boolean matches(HeaderLines lines) {
        int line = lines.find(Field.CONTENT_TYPE, 0);
        int length = line < 0 ? 0 : lines.valueLength(line);
        if (length < type.length) {
            return false;
        }
        byte[] array = lines.array();
        int offset = lines.valueOffset(line);
        for (int i = 0; i < type.length; i++) {
            byte c = array[offset + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != type[i]) {
                return false;
            }
        }
        return length == type.length || ends(array[offset + type.length]);
    }

    private static boolean ends(byte c) {
        return c == ';' || c == '+' || c == ' ' || c == '\t';
    }
}
