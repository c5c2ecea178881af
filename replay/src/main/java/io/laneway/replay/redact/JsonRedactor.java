package io.laneway.replay.redact;

import io.laneway.replay.json.JsonPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Redacts JSON without taking it apart: what is no secret stays byte for byte, and what is cut, or is several documents in
 * a row, is redacted as far as it goes. Numbers become texts; true, false and null stay. Confined to one thread.
 */
final class JsonRedactor {

    private static final Pattern WORD = Pattern.compile("true|false|null|-?[0-9][0-9.eE+-]*");

    /** Members that say what another member of the same object is. */
    private static final Set<String> NAMING = Set.of("name", "key", "id", "field", "param", "parameter", "header");

    private static final Set<String> NAMED = Set.of("value", "val", "content", "data", "text");

    /** So many values wait for a name, of objects in one another; more are taken for secrets, since each may cost a copy. */
    private static final int MAX_EARLIER = 256;

    private final SecretNames names;
    private final Replacements replacements;
    private final NestedText nested;

    private final String text;
    private final String document;
    private final int depth;
    private final StringBuilder out;

    /** Of the value that is read. */
    private final JsonPlace place;

    /** For each list or object around the value: the number of its next item, or -1 for an object. */
    private final List<Integer> items = new ArrayList<>();

    /** How many keys lead to the outermost value whose key is a secret's; -1 if there is none. */
    private int secretFrom = -1;

    /** How many keys lead to the members beside a name that is a secret's: {@code {"name":"token","value":"…"}}. */
    private int namedAt = -1;

    /** Values of objects around that a name behind them may say to be secrets. */
    private final Deque<EarlierValue> earlier = new ArrayDeque<>();

    /** How many keys lead to the second item of a list whose first one is a secret's name: {@code ["token","…"]}. */
    private int pairAt = -1;

    private boolean keyNext;
    private boolean odd;
    private int at;

    JsonRedactor(
            SecretNames names,
            List<JsonPath> paths,
            Replacements replacements,
            NestedText nested,
            String text,
            String document,
            int depth) {
        this.names = names;
        this.replacements = replacements;
        this.nested = nested;
        this.text = text;
        this.document = document;
        this.place = new JsonPlace(document, paths);
        this.depth = depth;
        this.out = new StringBuilder(text.length() + 64);
    }

    /**
     * A value whose name may come behind it.
     *
     * @param keys how many lead to it
     * @param from where it is in what is written, to its end
     */
    private record EarlierValue(int keys, String key, String value, int from, int to) {}

    /** Whether a text is JSON by its first character. */
    static boolean looksLike(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && c != '\uFEFF') {
                return c == '{' || c == '[';
            }
        }
        return false;
    }

    /** Whether there was something that is no JSON; known when it is redacted. */
    boolean odd() {
        return odd;
    }

    String redact() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '{' -> open(-1);
                case '[' -> open(0);
                case '}', ']' -> close();
                case ',' -> comma();
                case '"' -> string();
                default -> {
                    if (Character.isLetterOrDigit(c) || c == '-') {
                        word();
                    } else {
                        odd |= c != ':' && !Character.isWhitespace(c) && c != '\uFEFF';
                        out.append(c);
                        at++;
                    }
                }
            }
        }
        return out.toString();
    }

    private void open(int firstItem) {
        out.append(text.charAt(at++));
        items.add(firstItem);
        keyNext = firstItem < 0;
        if (firstItem == 0) {
            place.enter("0");
        }
    }

    private void close() {
        out.append(text.charAt(at++));
        if (items.isEmpty()) {
            return;
        }
        int item = items.remove(items.size() - 1);
        // an empty object has no key
        if (item >= 0 || !keyNext) {
            dropKey();
        }
        keyNext = false;
    }

    private void comma() {
        out.append(text.charAt(at++));
        if (items.isEmpty()) {
            return;
        }
        int top = items.size() - 1;
        if (!keyNext) {
            dropKey();
        }
        if (items.get(top) < 0) {
            keyNext = true;
        } else {
            items.set(top, items.get(top) + 1);
            place.enter(String.valueOf(items.get(top)));
        }
    }

    private void dropKey() {
        place.leave();
        if (place.depth() < secretFrom) {
            secretFrom = -1;
        }
        if (place.depth() < namedAt - 1) {
            namedAt = -1;
        }
        while (!earlier.isEmpty() && place.depth() < earlier.element().keys() - 1) {
            earlier.remove();
        }
        if (place.depth() < pairAt - 1) {
            pairAt = -1;
        }
    }

    private void string() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, text.length());
        String raw = text.substring(at + 1, end);
        boolean closed = end < text.length();
        at = closed ? end + 1 : end;
        out.append('"');
        if (keyNext) {
            key(raw);
        } else {
            value(raw);
        }
        if (closed) {
            out.append('"');
        }
    }

    private void key(String raw) {
        String key = JsonText.unescape(raw);
        keyNext = false;
        place.enter(key);
        if (secretFrom < 0 && names.has(key)) {
            secretFrom = place.depth();
        }
        String shown =
                SecretShapes.replace(key, (shape, secret) -> replacements.replace(secret, document + ".$ (a key)"));
        out.append(shown.equals(key) ? raw : JsonText.escape(shown));
    }

    private void value(String raw) {
        String value = JsonText.unescape(raw);
        String key = place.key();
        int index = items.isEmpty() ? -1 : items.get(items.size() - 1);
        boolean item = index >= 0;
        // of two items, or a member that names another: of others it is not asked, since most values are none of these
        boolean asked = item ? index < 2 : NAMING.contains(key);
        boolean name = asked && names.has(value);
        if (name && !item) {
            namedAt = place.depth();
            redactEarlier();
        }
        boolean held = !item && NAMED.contains(key);
        boolean secret = isSecret() || (!name && isPair()) || (held && earlier.size() >= MAX_EARLIER);
        String redacted = secret
                ? replacements.replace(value, place.toString())
                : nested.redact(value, place.toString(), depth + 1);
        int from = out.length();
        out.append(redacted.equals(value) ? raw : JsonText.escape(redacted));
        if (index == 0) {
            pairAt = name ? place.depth() : -1;
        } else if (!secret && held) {
            earlier.push(new EarlierValue(place.depth(), key, value, from, out.length()));
        }
    }

    /** The values beside the name that is read, which were no secrets before; the latest first, since places move. */
    private void redactEarlier() {
        while (!earlier.isEmpty() && earlier.element().keys() == place.depth()) {
            EarlierValue each = earlier.remove();
            String name = place.key();
            place.leave();
            place.enter(each.key());
            out.replace(each.from(), each.to(), JsonText.escape(replacements.replace(each.value(), place.toString())));
            place.leave();
            place.enter(name);
        }
    }

    /** Whether the value is the second and last item behind a secret's name; it has been read, and is to be written. */
    private boolean isPair() {
        if (pairAt != place.depth() || items.isEmpty() || items.get(items.size() - 1) != 1) {
            return false;
        }
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next == text.length() || text.charAt(next) == ']';
    }

    private void word() {
        int end = at;
        while (end < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String word = text.substring(at, end);
        at = end;
        odd |= !WORD.matcher(word).matches();
        if (keyNext
                || word.equals("true")
                || word.equals("false")
                || word.equals("null")
                || !(isSecret() || isPair())) {
            out.append(word);
        } else {
            out.append('"').append(replacements.replace(word, place.toString())).append('"');
        }
    }

    private boolean isSecret() {
        return secretFrom >= 0 || (place.depth() == namedAt && NAMED.contains(place.key())) || place.isNamed();
    }
}
