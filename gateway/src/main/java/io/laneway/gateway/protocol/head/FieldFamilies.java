package io.laneway.gateway.protocol.head;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fields that are known by how their name starts. Stateless. */
final class FieldFamilies {

    private static final byte[] OURS = bytes("x-laneway-");
    private static final byte[][] CLAIMS =
            ForwardingClaims.FAMILIES.stream().map(FieldFamilies::bytes).toArray(byte[][]::new);

    /** By first letter, that behind {@code x-} for names that begin so, since most names are of no family. */
    private static final byte[][][] BY_LETTER = new byte[32][][];

    private static final byte[][][] BEHIND_X = new byte[32][][];
    private static final byte[][] NONE = new byte[0][];

    static {
        for (int letter = 0; letter < BY_LETTER.length; letter++) {
            BY_LETTER[letter] = of(letter, 0);
            BEHIND_X[letter] = of(letter, 2);
        }
    }

    private FieldFamilies() {}

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] of(int letter, int at) {
        byte[][] all = Arrays.stream(CLAIMS)
                .filter(prefix -> isExtension(prefix, 0) == (at > 0) && (prefix[at] & 31) == letter)
                .toArray(byte[][]::new);
        return all.length == 0 ? NONE : all;
    }

    private static boolean isExtension(byte[] array, int offset) {
        return (array[offset] | 0x20) == 'x' && array[offset + 1] == '-';
    }

    /** The kind of field that the name is of, or null. */
    static @Nullable Field find(byte[] array, int offset, int length) {
        if (length < 4) {
            return null;
        }
        boolean extension = isExtension(array, offset);
        if (extension && startsWith(OURS, array, offset, length)) {
            return Field.X_LANEWAY_OTHER;
        }
        byte[][] families = extension ? BEHIND_X[array[offset + 2] & 31] : BY_LETTER[array[offset] & 31];
        for (byte[] prefix : families) {
            if (startsWith(prefix, array, offset, length)) {
                return Field.X_FORWARDED_OTHER;
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] prefix, byte[] array, int offset, int length) {
        if (length <= prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            byte c = array[offset + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
