package io.laneway.replay.redact;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.Texts;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Redacts bodies by what their fields say they are, and by what they look like. One whose coding cannot be taken off is not
 * kept, which its record says. Confined to one thread.
 */
final class BodyRedactor {

    private final Replacements replacements;
    private final TextRedactor text;
    private final MultipartRedactor multipart;

    BodyRedactor(RedactionRules rules, Replacements replacements, TextRedactor text) {
        this.replacements = replacements;
        this.text = text;
        this.multipart =
                new MultipartRedactor(new SecretNames(rules.form(), rules.keep()), text, replacements, this::content);
    }

    RecordedBody redact(RecordedBody body, List<Field> fields, String place) {
        if (body.bytes().length == 0) {
            return body;
        }
        MediaType type = MediaType.of(Fields.first(fields, "content-type"));
        RecordedBody plain = plain(body, type, fields);
        return plain.bytes().length == 0 ? plain : plain.with(content(plain.bytes(), type, place, 0));
    }

    private static RecordedBody plain(RecordedBody body, MediaType type, List<Field> fields) {
        if (type.isGrpc()) {
            String coding = Fields.first(fields, "grpc-encoding");
            byte[] messages = GrpcMessages.plain(body.bytes(), coding);
            return messages == null ? body.without("grpc-encoding: " + said(coding)) : body.with(messages);
        }
        String coding = Fields.all(fields, "content-encoding");
        if (ContentCoding.isNone(coding) || body.decoded() != null) {
            return ContentCoding.isArchive(body.bytes()) ? body.without("an archive") : body;
        }
        DecodedBody decoded = ContentCoding.decode(body.bytes(), coding);
        return decoded == null || ContentCoding.isArchive(decoded.bytes())
                ? body.without("content-encoding: " + said(coding))
                : new RecordedBody(decoded.bytes(), body.size(), body.cut() || decoded.cut(), coding.strip(), null);
    }

    /** A name that a peer wrote, for a person. */
    private static String said(@Nullable String coding) {
        return coding == null || !coding.matches("[A-Za-z0-9, -]{1,40}") ? "another one" : coding;
    }

    private byte[] content(byte[] bytes, MediaType type, String place, int depth) {
        if (type.isGrpc()) {
            return BinaryRedactor.redact(bytes, place, replacements);
        }
        if (type.isMultipart() || MultipartRedactor.looksLike(bytes)) {
            return multipart.redact(bytes, type, place, depth);
        }
        Charset charset = charset(bytes, type);
        if (charset == null) {
            return BinaryRedactor.redact(bytes, place, replacements);
        }
        String plain = new String(bytes, charset);
        String redacted = text(plain, type, place, depth);
        return redacted.equals(plain) ? bytes : redacted.getBytes(charset);
    }

    private String text(String plain, MediaType type, String place, int depth) {
        if (JsonRedactor.looksLike(plain)) {
            return text.json(plain, place, depth);
        }
        boolean pairs = plain.indexOf('=') > 0 && plain.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '"');
        return type.isForm() || pairs ? text.form(plain, place) : text.redact(plain, place, depth);
    }

    /** What the bytes are text in; null if they are none. Text with bytes that are wrong is text nevertheless. */
    private static @Nullable Charset charset(byte[] bytes, MediaType type) {
        boolean wide = bytes.length > 1 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xfe + 0xff;
        Charset named = wide ? StandardCharsets.UTF_16 : type.charset();
        if (named != null && Texts.of(bytes, named) != null) {
            return roundTrip(named, bytes);
        }
        boolean said = type.isJson()
                || type.isForm()
                || type.type().startsWith("text/")
                || type.type().endsWith("xml");
        return said ? StandardCharsets.ISO_8859_1 : null;
    }

    /** UTF-16 says its order by its first bytes, and is written by the JDK with others. */
    private static Charset roundTrip(Charset charset, byte[] bytes) {
        if (!charset.equals(StandardCharsets.UTF_16)) {
            return charset;
        }
        return (bytes[0] & 0xff) == 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }
}
