package io.laneway.replay.redact;

import io.laneway.replay.text.Percent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redacts bodies of several parts (RFC 7578, RFC 2046) part by part: by the part's name, else by what the part is. A part
 * that is cut is redacted as far as it goes. Confined to one thread.
 */
final class MultipartRedactor {

    private static final Pattern NAME =
            Pattern.compile("(?i)[;\\s](?:file)?name\\*?\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;]+))");
    private static final Pattern FIRST_LINE = Pattern.compile("\\A\\r?\\n?--([^\\r\\n]{1,70}?)[ \\t]*\\r?\\n");

    /** Redacts what one part is. */
    interface Content {
        byte[] redact(byte[] bytes, MediaType type, String place, int depth);
    }

    private final SecretNames names;
    private final TextRedactor text;
    private final Replacements replacements;
    private final Content content;

    MultipartRedactor(SecretNames names, TextRedactor text, Replacements replacements, Content content) {
        this.names = names;
        this.text = text;
        this.replacements = replacements;
        this.content = content;
    }

    /** Whether the bytes begin as such a body does, whatever they are said to be. */
    static boolean looksLike(byte[] bytes) {
        int length = Math.min(bytes.length, 512);
        String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return FIRST_LINE.matcher(start).find()
                && start.toLowerCase(Locale.ROOT).contains("content-disposition:");
    }

    byte[] redact(byte[] bytes, MediaType type, String place, int depth) {
        String whole = new String(bytes, StandardCharsets.ISO_8859_1);
        String boundary = boundary(type, whole);
        if (depth > NestedText.MAX_DEPTH || boundary.isEmpty()) {
            return latin(text.redact(whole, place, depth));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        String mark = "--" + boundary;
        int from = 0;
        while (from < whole.length()) {
            int next = whole.indexOf(mark, from == 0 ? 0 : from);
            int end = next < 0 ? whole.length() : next;
            out.writeBytes(part(whole.substring(from, end), place, depth));
            if (next < 0) {
                break;
            }
            out.writeBytes(latin(mark));
            from = next + mark.length();
        }
        return out.toByteArray();
    }

    private static String boundary(MediaType type, String whole) {
        String named = type.parameter("boundary");
        if (named != null && whole.contains("--" + named)) {
            return named;
        }
        Matcher first = FIRST_LINE.matcher(whole);
        return first.find() ? first.group(1) : "";
    }

    private byte[] part(String part, String place, int depth) {
        int head = part.indexOf("\r\n\r\n");
        int gap = head < 0 ? 2 : 4;
        int end = head < 0 ? part.indexOf("\n\n") : head;
        if (end < 0) {
            return latin(text.redact(part, place, depth + 1));
        }
        String fields = part.substring(0, end);
        String closing = part.endsWith("\r\n") ? "\r\n" : part.endsWith("\n") ? "\n" : "";
        int bodyEnd = Math.max(part.length() - closing.length(), end + gap);
        String body = part.substring(end + gap, bodyEnd);
        ByteArrayOutputStream out = new ByteArrayOutputStream(part.length());
        out.writeBytes(latin(text.redact(fields, place, depth + 1)));
        out.writeBytes(latin(part.substring(end, end + gap)));
        out.writeBytes(body(body, fields, place, depth));
        out.writeBytes(latin(part.substring(bodyEnd)));
        return out.toByteArray();
    }

    private byte[] body(String body, String fields, String place, int depth) {
        String name = name(fields);
        String where = name.isEmpty() ? place : place + "." + text.shapes(name, place);
        if (!name.isEmpty() && names.has(Percent.decode(name, false))) {
            String value = new String(latin(body), StandardCharsets.UTF_8);
            return replacements.replace(value, where).getBytes(StandardCharsets.UTF_8);
        }
        MediaType type = MediaType.of(field(fields, "content-type"));
        if (field(fields, "content-transfer-encoding").equalsIgnoreCase("base64")) {
            byte[] plain = decoded(body);
            byte[] redacted = content.redact(plain, type, where, depth + 1);
            return redacted == plain ? latin(body) : Base64.getMimeEncoder().encode(redacted);
        }
        return content.redact(latin(body), type, where, depth + 1);
    }

    private static byte[] decoded(String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            return latin(body);
        }
    }

    private static String name(String fields) {
        Matcher name = NAME.matcher(field(fields, "content-disposition"));
        while (name.find()) {
            if (!name.group().toLowerCase(Locale.ROOT).contains("filename")) {
                return name.group(1) == null ? name.group(2) : name.group(1);
            }
        }
        return "";
    }

    private static String field(String fields, String name) {
        for (String line : fields.split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
