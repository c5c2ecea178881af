package io.laneway.router.document;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes text of bytes, refusing what is not UTF-8 and what no document may hold. */
final class Utf8 {

    private static final char BOM = '\uFEFF';

    private Utf8() {}

    static @Nullable String decode(byte[] bytes, String file, Problems problems) {
        if (bytes.length > Documents.MAX_BYTES) {
            return refuse(file, 0, bytes.length + " bytes", "at most " + Documents.MAX_BYTES, problems);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        chars.flip();
        if (result.isError()) {
            return refuse(file, lines(chars), "bytes that are not UTF-8", "text in UTF-8", problems);
        }
        for (int i = 0; i < chars.length(); i++) {
            if (chars.get(i) == 0) {
                return refuse(file, lines(chars.subSequence(0, i)), "a NUL byte", "text", problems);
            }
        }
        String text = chars.toString();
        text = !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
        return text.isBlank() ? refuse(file, 1, "an empty document", "a mapping", problems) : text;
    }

    private static int lines(CharSequence text) {
        return 1 + (int) text.chars().filter(c -> c == '\n').count();
    }

    private static @Nullable String refuse(String file, int line, String what, String expected, Problems problems) {
        problems.add(Location.root(file, line), what, expected);
        return null;
    }
}
