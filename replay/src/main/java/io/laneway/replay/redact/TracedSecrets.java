package io.laneway.replay.redact;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.Texts;
import io.laneway.replay.text.Percent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes the secrets of a record out of where nothing says what they are: a token of a header that a body has too. Confined
 * to one thread.
 */
final class TracedSecrets {

    private final List<Map.Entry<String, String>> texts = new ArrayList<>();
    private final List<Map.Entry<String, String>> bytes = new ArrayList<>();

    TracedSecrets(List<Map.Entry<String, String>> traced) {
        for (Map.Entry<String, String> each : traced) {
            String secret = each.getKey();
            add(texts, secret, each.getValue());
            add(texts, Percent.encode(secret), each.getValue());
            add(texts, JsonText.escape(secret), each.getValue());
            String raw = new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            add(bytes, raw, BinaryRedactor.fitted(each.getValue(), raw));
        }
    }

    private static void add(List<Map.Entry<String, String>> to, String secret, String pseudonym) {
        if (to.isEmpty() || !to.get(to.size() - 1).getKey().equals(secret)) {
            to.add(Map.entry(secret, pseudonym));
        }
    }

    String text(String text) {
        return without(texts, text);
    }

    private static String without(List<Map.Entry<String, String>> secrets, String text) {
        String result = text;
        for (Map.Entry<String, String> each : secrets) {
            result = result.replace(each.getKey(), each.getValue());
        }
        return result;
    }

    List<Field> fields(List<Field> fields) {
        return fields.stream()
                .map(field -> new Field(field.name(), text(field.value())))
                .toList();
    }

    RecordedBody body(RecordedBody body) {
        if (texts.isEmpty() || body.bytes().length == 0) {
            return body;
        }
        String plain = Texts.utf8(body.bytes());
        if (plain != null && plain.indexOf(0) < 0) {
            String without = text(plain);
            return without.equals(plain) ? body : body.with(without.getBytes(StandardCharsets.UTF_8));
        }
        String latin = new String(body.bytes(), StandardCharsets.ISO_8859_1);
        String without = without(bytes, latin);
        return without.equals(latin) ? body : body.with(without.getBytes(StandardCharsets.ISO_8859_1));
    }
}
