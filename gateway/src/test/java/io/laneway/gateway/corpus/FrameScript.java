package io.laneway.gateway.corpus;

import io.laneway.gateway.testkit.FrameSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The frames that a case of {@code corpus/http2} sends: of each a line {@code > TYPE stream flags}, then what it holds. */
final class FrameScript {

    private static final Map<String, Integer> TYPES =
            Map.of("HEADERS", FrameSocket.HEADERS, "DATA", FrameSocket.DATA, "CONTINUATION", FrameSocket.CONTINUATION);

    /** One frame to be sent. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Sent(int type, int flags, int stream, byte[] payload) {}

    private FrameScript() {}

    /** Reads a section. */
    static List<Sent> frames(String section) {
        List<Sent> frames = new ArrayList<>();
        for (String text : section.split("(?m)^> ")) {
            if (!text.isEmpty()) {
                frames.add(frame(text));
            }
        }
        return frames;
    }

    private static Sent frame(String text) {
        int newline = text.indexOf('\n');
        List<String> words = List.of(text.substring(0, newline).split(" "));
        String held = text.substring(newline + 1);
        int type = TYPES.get(words.get(0));
        boolean data = type == FrameSocket.DATA;
        int flags = words.contains("end") ? FrameSocket.END_STREAM : 0;
        flags |= data || words.contains("more") ? 0 : FrameSocket.END_HEADERS;
        return new Sent(type, flags, Integer.parseInt(words.get(1)), data ? CorpusCase.spell(held) : fields(held));
    }

    /** A line is a field; its name ends at the first colon with a space behind it that is not its first character. */
    private static byte[] fields(String lines) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String line : lines.split("\n")) {
            int colon = line.startsWith(": ") ? 0 : line.indexOf(": ", 1);
            if (colon >= 0) {
                block.write(0);
                FrameSocket.literal(block, spelled(line.substring(0, colon)));
                FrameSocket.literal(block, spelled(line.substring(colon + 2)));
            }
        }
        return block.toByteArray();
    }

    private static String spelled(String text) {
        return new String(CorpusCase.spell(text), StandardCharsets.ISO_8859_1);
    }
}
