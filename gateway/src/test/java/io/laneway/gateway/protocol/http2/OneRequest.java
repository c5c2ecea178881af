package io.laneway.gateway.protocol.http2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an endpoint makes of the bytes it is sent, by a reader of HTTP/1.1 that knows no mercy and shares nothing with the
 * gateway's: one request or the beginning of one. Immutable.
 *
 * @param fields  header lines in order, names in lower case
 * @param whole   whether it came to its end
 */
record OneRequest(String startLine, List<String> fields, String body, List<String> trailers, boolean whole) {

    private static final Pattern START = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\\.1");
    private static final Pattern FIELD =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?([!-~\\x80-\\xff]([\\t -~\\x80-\\xff]*[!-~\\x80-\\xff])?)?");

    /** Reads bytes; null for none at all. */
    static OneRequest read(byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        require(end > 0, "a head without end", text);
        String[] lines = text.substring(0, end).split("\r\n", -1);
        require(START.matcher(lines[0]).matches(), "start line", lines[0]);
        List<String> fields = fields(lines, 1);
        require(count(fields, "host") == 1, "one Host", text);
        require(count(fields, "content-length") + count(fields, "transfer-encoding") <= 1, "one length", text);
        String rest = text.substring(end + 4);
        if (count(fields, "transfer-encoding") == 1) {
            require(fields.contains("transfer-encoding: chunked"), "chunked", text);
            return chunked(lines[0], fields, rest);
        }
        int length = count(fields, "content-length") == 0 ? 0 : Integer.parseInt(value(fields, "content-length"));
        require(rest.length() <= length, "bytes behind the body", text);
        return new OneRequest(lines[0], fields, rest, List.of(), rest.length() == length);
    }

    private static List<String> fields(String[] lines, int from) {
        List<String> fields = new ArrayList<>();
        for (int i = from; i < lines.length; i++) {
            require(FIELD.matcher(lines[i]).matches(), "field", lines[i]);
            int colon = lines[i].indexOf(':');
            fields.add(lines[i].substring(0, colon).toLowerCase(Locale.ROOT) + ": "
                    + lines[i].substring(colon + 1).trim());
        }
        return fields;
    }

    private static OneRequest chunked(String start, List<String> fields, String rest) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int end = rest.indexOf("\r\n", at);
            if (end < 0) {
                require(rest.substring(at).isEmpty(), "half a chunk's head", rest);
                return new OneRequest(start, fields, body.toString(), List.of(), false);
            }
            int size = Integer.parseInt(rest.substring(at, end), 16);
            at = end + 2;
            if (size == 0) {
                int last = rest.indexOf("\r\n", at) == at ? at : rest.indexOf("\r\n\r\n", at) + 2;
                require(last >= at && last + 2 == rest.length(), "bytes behind the last chunk", rest);
                String[] lines = rest.substring(at, last).split("\r\n");
                List<String> trailers = last == at ? List.of() : fields(lines, 0);
                return new OneRequest(start, fields, body.toString(), trailers, true);
            }
            require(rest.length() >= at + size + 2, "half a chunk", rest);
            body.append(rest, at, at + size);
            require(rest.startsWith("\r\n", at + size), "no line end behind a chunk", rest);
            at += size + 2;
        }
    }

    private static long count(List<String> fields, String name) {
        return fields.stream().filter(field -> field.startsWith(name + ":")).count();
    }

    static String value(List<String> fields, String name) {
        return fields.stream()
                .filter(field -> field.startsWith(name + ":"))
                .map(field -> field.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    private static void require(boolean holds, String what, String text) {
        if (!holds) {
            throw new AssertionError(what + ": " + text.replace("\r", "\\r").replace("\n", "\\n"));
        }
    }
}
