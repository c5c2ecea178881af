package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

    /** What libraries put before JSON: {@code 42["login",{...}]}, {@code a["..."]}. */
    private static final int LONGEST_PREFIX = 64;

    private static final MediaType UNKNOWN = MediaType.of(null);
    private static final String NAME = "a secret's name in bytes of an unknown format";

    private final Replacements replacements;
    private final TextRedactor text;
    private final MultipartRedactor multipart;
    private final NamesInBytes namesInBytes;

    /** Why nothing is kept of the body that is read; null if there is no reason. */
    private @Nullable String hidden;

    BodyRedactor(NamedSecrets named, Replacements replacements, TextRedactor text) {
        this.replacements = replacements;
        this.text = text;
        this.multipart = new MultipartRedactor(named.form(), text, replacements, this::content);
        this.namesInBytes = new NamesInBytes(named.form());
    }

    RecordedBody redact(RecordedBody body, List<Field> fields, String place) {
        if (body.bytes().length == 0) {
            return body;
        }
        MediaType type = MediaType.of(Fields.first(fields, "content-type"));
        RecordedBody plain = plain(body, type, fields);
        if (plain.bytes().length == 0) {
            return plain;
        }
        hidden = null;
        byte[] redacted = content(plain.bytes(), type, place, 0);
        if (hidden == null) {
            return plain.with(redacted);
        }
        replacements.note(place);
        return plain.without(hidden);
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
        if (type.isProtobuf()) {
            byte[] redacted = BinaryRedactor.redact(bytes, place, replacements);
            hide(namesInBytes.areKeysIn(latin(redacted)), NAME);
            return redacted;
        }
        if (type.isMultipart() || MultipartRedactor.looksLike(bytes)) {
            return multipart.redact(bytes, type, place, depth);
        }
        Charset charset = charset(bytes, type);
        boolean controls = !type.isText() && hasControls(bytes);
        if (charset != null && !controls) {
            return text(bytes, charset, type, place, depth);
        }
        return type.isMedia()
                ? BinaryRedactor.redact(bytes, place, replacements)
                : unknown(bytes, charset, place, depth);
    }

    /**
     * Bytes whose format is not known. They are redacted as text where they may be text, also with a byte that is none; a
     * name of a secret that is left has its value where only its format says.
     */
    private byte[] unknown(byte[] bytes, @Nullable Charset charset, String place, int depth) {
        String login = LoginPackets.inBytes(bytes);
        if (login != null) {
            hide(true, "a login of " + login);
            return bytes;
        }
        boolean text = charset != null || !hasControls(bytes);
        byte[] redacted = text
                ? text(bytes, charset == null ? ISO_8859_1 : charset, UNKNOWN, place, depth)
                : BinaryRedactor.redact(bytes, place, replacements);
        hide(namesInBytes.areIn(charset == null ? latin(redacted) : new String(redacted, charset), text), NAME);
        return redacted;
    }

    private void hide(boolean hide, String why) {
        hidden = hide ? why : hidden;
    }

    private byte[] text(byte[] bytes, Charset charset, MediaType type, String place, int depth) {
        String plain = new String(bytes, charset);
        String redacted = text(plain, type, place, depth);
        return redacted.equals(plain) ? bytes : redacted.getBytes(charset);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** Whether there are characters that text does not have. */
    private static boolean hasControls(byte[] bytes) {
        for (byte each : bytes) {
            if ((each >= 0 && each < ' ' && each != '\t' && each != '\r' && each != '\n') || each == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private String text(String plain, MediaType type, String place, int depth) {
        if (JsonRedactor.looksLike(plain)) {
            return text.json(plain, place, depth);
        }
        boolean pairs = plain.indexOf('=') > 0 && plain.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '"');
        if (type.isForm() || pairs) {
            return text.form(plain, place);
        }
        int prefix = prefix(plain);
        return prefix == 0
                ? text.redact(plain, place, depth)
                : plain.substring(0, prefix) + text.json(plain.substring(prefix), place, depth);
    }

    /** How many letters, digits and commas come before JSON; 0 if it is none. */
    private static int prefix(String text) {
        for (int i = 0; i < Math.min(text.length(), LONGEST_PREFIX); i++) {
            char c = text.charAt(i);
            if (c == '[' || c == '{') {
                return i;
            }
            if (!Character.isLetterOrDigit(c) && c != '/' && c != ',' && c != '-' && c != '_') {
                return 0;
            }
        }
        return 0;
    }

    /** What the bytes are text in; null if they are none. Text with bytes that are wrong is text nevertheless. */
    private static @Nullable Charset charset(byte[] bytes, MediaType type) {
        boolean wide = bytes.length > 1 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xfe + 0xff;
        Charset named = wide ? StandardCharsets.UTF_16 : type.charset();
        if (named != null && Texts.of(bytes, named) != null) {
            return roundTrip(named, bytes);
        }
        return type.isText() ? ISO_8859_1 : null;
    }

    /** UTF-16 says its order by its first bytes, and is written by the JDK with others. */
    private static Charset roundTrip(Charset charset, byte[] bytes) {
        if (!charset.equals(StandardCharsets.UTF_16)) {
            return charset;
        }
        return (bytes[0] & 0xff) == 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }
}
