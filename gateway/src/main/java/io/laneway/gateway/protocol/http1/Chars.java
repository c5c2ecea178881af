package io.laneway.gateway.protocol.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Classes of characters in heads (RFC 9110 section 5.6.2, RFC 9112 section 3), as tables over bytes. Stateless. */
final class Chars {

    static final byte CR = '\r';
    static final byte LF = '\n';
    static final byte SP = ' ';
    static final byte HTAB = '\t';

    /** {@code tchar}: what names and methods are made of. */
    static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~", true);

    /** What a request target may hold: visible ASCII without {@code #}, which starts a fragment. */
    static final boolean[] TARGET = table("!\"$%&'()*+,-./:;<=>?@[\\]^_`{|}~", true);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Chars() {}

    private static boolean[] table(String others, boolean alphanumeric) {
        boolean[] table = new boolean[256];
        for (int c = 0; c < 128; c++) {
            table[c] = others.indexOf(c) >= 0 || (alphanumeric && Character.isLetterOrDigit(c));
        }
        return table;
    }

    static boolean isBlank(byte c) {
        return c == SP || c == HTAB;
    }

    /**
     * The first place from {@code at} on with a control character other than HTAB. There must be one in the array.
     * Eight bytes are looked at together while they hold nothing below 0x20 and no 0x7f.
     */
    static int firstControl(byte[] array, int at) {
        int i = at;
        while (i + Long.BYTES <= array.length) {
            long word = (long) LONGS.get(array, i);
            long below = (word - ONES * SP) & ~word;
            long delete = word ^ (ONES * 0x7f);
            if (((below | ((delete - ONES) & ~delete)) & HIGHS) != 0) {
                break;
            }
            i += Long.BYTES;
        }
        byte c = array[i];
        while ((c >= SP || c < 0 || c == HTAB) && c != 0x7f) {
            c = array[++i];
        }
        return i;
    }

    /** Whether bytes spell a lower-case word in any case. */
    static boolean spell(byte[] array, int offset, int length, String word) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte c = array[offset + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
