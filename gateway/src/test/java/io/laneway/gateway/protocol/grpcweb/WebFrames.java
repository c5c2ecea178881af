package io.laneway.gateway.protocol.grpcweb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of a response of gRPC-Web, read by hand. */
record WebFrames(List<String> messages, Map<String, String> trailers) {

    static String message(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 0)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        return new String(frame, StandardCharsets.ISO_8859_1);
    }

    static String text(String frames) {
        return Base64.getEncoder().encodeToString(frames.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Decodes texts that stand one behind the other, each with its padding. */
    static String decoded(String texts) {
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < texts.length(); ) {
            int padding = texts.indexOf('=', at);
            int end = padding < 0 ? texts.length() : (padding + 4) / 4 * 4;
            all.append(new String(Base64.getDecoder().decode(texts.substring(at, end)), StandardCharsets.ISO_8859_1));
            at = end;
        }
        return all.toString();
    }

    static WebFrames of(String body) {
        List<String> messages = new ArrayList<>();
        Map<String, String> trailers = new LinkedHashMap<>();
        ByteBuffer left = ByteBuffer.wrap(body.getBytes(StandardCharsets.ISO_8859_1));
        while (left.hasRemaining()) {
            int flag = left.get() & 0xff;
            byte[] bytes = new byte[left.getInt()];
            left.get(bytes);
            if (flag == 0x80) {
                new String(bytes, StandardCharsets.ISO_8859_1)
                        .lines()
                        .forEach(line -> trailers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
            } else {
                messages.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return new WebFrames(messages, trailers);
    }

    String status() {
        return trailers.get("grpc-status");
    }
}
