package io.laneway.replay.redact;

import io.laneway.replay.form.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Redacts header and trailer fields, and with them the metadata of gRPC. Confined to one thread. */
final class FieldRedactor {

    /** A longer name of a protocol has a token in it. */
    private static final int LONGEST_NAME = 24;

    private final SecretNames names;
    private final SecretNames cookies;
    private final Replacements replacements;
    private final TextRedactor text;

    FieldRedactor(NamedSecrets named, Replacements replacements, TextRedactor text) {
        this.names = named.headers();
        this.cookies = named.usual();
        this.replacements = replacements;
        this.text = text;
    }

    List<Field> redact(List<Field> fields, String place) {
        List<Field> redacted = new ArrayList<>(fields.size());
        for (Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            redacted.add(new Field(field.name(), value(name, field.value(), place + "." + name)));
        }
        return redacted;
    }

    private String value(String name, String value, String place) {
        return switch (name) {
            case "cookie" -> cookies(value, place);
            case "set-cookie" -> setCookie(value, place);
            case "location", "content-location", "referer" -> text.address(value, place);
            case "sec-websocket-protocol" -> protocols(value, place);
            default -> {
                if (name.endsWith("-bin")) {
                    yield binary(name, value, place);
                }
                yield names.has(name) ? secret(value, place) : text.redact(value, place, 0);
            }
        };
    }

    /** The scheme of authentication stays, so that the token behind it is the one that a body had. */
    private String secret(String value, String place) {
        int blank = value.indexOf(' ');
        boolean scheme = blank > 0 && value.substring(0, blank).chars().allMatch(FieldRedactor::isSchemeCharacter);
        String rest = value.substring(blank + 1).strip();
        return scheme && !rest.isEmpty()
                ? value.substring(0, blank + 1) + replacements.replace(rest, place)
                : replacements.replace(value, place);
    }

    private static boolean isSchemeCharacter(int c) {
        return (c < 128 && Character.isLetter(c)) || c == '-';
    }

    private String cookies(String value, String place) {
        StringBuilder out = new StringBuilder(value.length());
        for (String pair : value.split(";", -1)) {
            out.append(out.isEmpty() ? "" : ";").append(cookie(pair, place));
        }
        return out.toString();
    }

    private String setCookie(String value, String place) {
        int end = value.indexOf(';');
        String pair = end < 0 ? value : value.substring(0, end);
        return cookie(pair, place) + (end < 0 ? "" : value.substring(end));
    }

    private String cookie(String pair, String place) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            return pair.isBlank() ? pair : replacements.replace(pair.strip(), place);
        }
        String name = pair.substring(0, equals).strip();
        String raw = pair.substring(equals + 1).strip();
        boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
        String value = quoted ? raw.substring(1, raw.length() - 1) : raw;
        String where = place + "." + text.shapes(name, place);
        String kept = cookies.keeps(name) ? text.redact(value, where, 0) : replacements.replace(value, where);
        return pair.substring(0, equals + 1) + (quoted ? "\"" + kept + "\"" : kept);
    }

    /** Browsers, which can set no header on a WebSocket, put tokens here. */
    private String protocols(String value, String place) {
        StringBuilder out = new StringBuilder(value.length());
        boolean next = false;
        for (String protocol : value.split(",", -1)) {
            String plain = protocol.strip();
            boolean secret = next || (names.has(plain) && plain.length() > LONGEST_NAME);
            next = names.has(plain) || plain.equalsIgnoreCase("bearer");
            out.append(out.isEmpty() ? "" : ", ");
            out.append(secret ? replacements.replace(plain, place) : text.redact(plain, place, 0));
        }
        return out.toString();
    }

    /** Metadata of bytes, in base64 with or without padding, several behind commas (gRPC over HTTP/2). */
    private String binary(String name, String value, String place) {
        boolean secret = names.has(name.substring(0, name.length() - "-bin".length()));
        StringBuilder out = new StringBuilder(value.length());
        for (String one : value.split(",", -1)) {
            out.append(out.isEmpty() ? "" : ",").append(binary(one.strip(), secret, place));
        }
        return out.toString();
    }

    private String binary(String value, boolean secret, String place) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return secret ? replacements.replace(value, place) : text.redact(value, place, 0);
        }
        String plain = new String(bytes, StandardCharsets.ISO_8859_1);
        String redacted = secret ? replacements.replace(plain, place) : text.redact(plain, place, 0);
        return redacted.equals(plain)
                ? value
                : Base64.getEncoder().withoutPadding().encodeToString(redacted.getBytes(StandardCharsets.ISO_8859_1));
    }
}
