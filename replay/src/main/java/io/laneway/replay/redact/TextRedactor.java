package io.laneway.replay.redact;

import io.laneway.replay.json.JsonPath;
import io.laneway.replay.text.Percent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Redacts text by what it looks like: JSON, an address or a form, base64 or percent-encoding of those, and prose; then by
 * well-known shapes. Confined to one thread.
 */
final class TextRedactor implements NestedText {

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}={0,2}");

    private final SecretNames jsonNames;
    private final List<JsonPath> paths;
    private final Replacements replacements;
    private final PairsRedactor query;
    private final PairsRedactor form;
    private final ProseRedactor prose;

    TextRedactor(NamedSecrets named, Replacements replacements) {
        this.jsonNames = named.usual();
        this.paths = named.json();
        this.replacements = replacements;
        this.query = new PairsRedactor(named.query(), replacements, this);
        this.form = new PairsRedactor(named.form(), replacements, this);
        this.prose = new ProseRedactor(jsonNames, replacements);
    }

    /** A target or another address. */
    String address(String address, String place) {
        return shapes(query.address(address, place, 0), place);
    }

    /** Host and port, with a password before it or not (RFC 3986, 3.2). */
    String authority(String authority, String place) {
        int at = authority.lastIndexOf('@');
        int colon = authority.indexOf(':');
        return colon < 0 || colon > at
                ? shapes(authority, place)
                : authority.substring(0, colon + 1)
                        + replacements.replace(authority.substring(colon + 1, at), place)
                        + authority.substring(at);
    }

    /** The body of a form. */
    String form(String pairs, String place) {
        return shapes(form.pairs(pairs, place, 0), place);
    }

    /** A document in JSON, or several. */
    String json(String text, String place, int depth) {
        JsonRedactor redactor = new JsonRedactor(jsonNames, paths, replacements, this, text, place, depth);
        String redacted = redactor.redact();
        return shapes(redactor.odd() ? prose.redact(redacted, place) : redacted, place);
    }

    @Override
    public String redact(String text, String place, int depth) {
        if (text.length() < 4) {
            return text;
        }
        if (depth > MAX_DEPTH) {
            return replacements.replace(text, place);
        }
        if (JsonRedactor.looksLike(text)) {
            return json(text, place, depth);
        }
        boolean word = text.chars().noneMatch(Character::isWhitespace);
        String encoded = word ? encoded(text, place, depth) : null;
        if (encoded != null) {
            return encoded;
        }
        boolean pairs = word && text.indexOf('=') > 0 && text.indexOf('"') < 0 && text.indexOf('<') < 0;
        String plain = pairs ? pairs(text, place, depth) : text;
        return shapes(prose.redact(plain, place), place);
    }

    private String pairs(String text, String place, int depth) {
        boolean address = text.indexOf('?') >= 0 || text.indexOf('/') >= 0 || text.indexOf('#') >= 0;
        return address ? query.address(text, place, depth) : query.pairs(text, place, depth);
    }

    /** What the word is once it is decoded, if there are secrets in that; else null. */
    private @Nullable String encoded(String word, String place, int depth) {
        if (Percent.isIn(word) && word.indexOf('=') < 0 && word.indexOf('?') < 0) {
            String plain = Percent.decode(word, false);
            String redacted = plain.equals(word) ? word : redact(plain, place, depth + 1);
            return redacted.equals(plain) ? null : Percent.encode(redacted);
        }
        if (!BASE64.matcher(word).matches()) {
            return null;
        }
        String json = base64Json(word);
        String redacted = json == null ? null : json(json, place, depth + 1);
        return redacted == null || redacted.equals(json)
                ? null
                : Base64.getEncoder().encodeToString(redacted.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String base64Json(String word) {
        try {
            String plain = word.replace('-', '+').replace('_', '/');
            String json = new String(Base64.getDecoder().decode(plain), StandardCharsets.UTF_8);
            return JsonRedactor.looksLike(json) && json.indexOf('"') > 0 ? json : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The text without what is a secret by its looks. */
    String shapes(String text, String place) {
        return SecretShapes.replace(text, (shape, secret) -> replacements.replace(secret, place + " (" + shape + ")"));
    }
}
