package io.laneway.replay.redact;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names whose values are secrets: those that say so, whatever their case and however their words are put together ({@code
 * api-key}, {@code X_API_KEY}, {@code userPassword}, {@code user[password]}), and those that were given. Confined to one thread.
 */
final class SecretNames {

    /** A name that has one of these in it, letters and digits alone. */
    private static final List<String> WORDS = List.of(
            "token",
            "secret",
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "apikey",
            "accesskey",
            "privatekey",
            "credential",
            "authorization",
            "signature",
            "jwt",
            "sessionid",
            "samlresponse",
            "clientassertion");

    /** Names that are these; within others they would be too short to mean it. */
    private static final Set<String> WHOLE =
            Set.of("pass", "sid", "sig", "auth", "jsessionid", "phpsessid", "otp", "pin");

    private static final List<String> ALL =
            Stream.concat(WORDS.stream(), WHOLE.stream()).toList();

    /** So many answers are kept, of names of so many characters at most; then all are forgotten. */
    private static final int MAX_ASKED = 1024;

    private static final int MAX_ASKED_LENGTH = 64;

    /** Those that begin with a letter, by its code in small. */
    private static final String[][] BY_FIRST = byFirst();

    private final Set<String> given = new HashSet<>();
    private final Set<String> kept = new HashSet<>();

    /** Names that were asked for, since most come again in each record. */
    private final Map<String, Boolean> asked = new HashMap<>();

    SecretNames(Collection<String> given, Collection<String> kept) {
        given.forEach(name -> this.given.add(plain(name)));
        kept.forEach(name -> this.kept.add(plain(name)));
    }

    boolean has(String name) {
        if (name.length() > MAX_ASKED_LENGTH) {
            return isSecret(plain(name));
        }
        Boolean known = asked.get(name);
        if (known != null) {
            return known;
        }
        if (asked.size() >= MAX_ASKED) {
            asked.clear();
        }
        boolean secret = isSecret(plain(name));
        asked.put(name, secret);
        return secret;
    }

    private boolean isSecret(String plain) {
        if (kept.contains(plain)) {
            return false;
        }
        return given.contains(plain) || WHOLE.contains(plain) || WORDS.stream().anyMatch(plain::contains);
    }

    /**
     * The length of the longest name of a secret, or word of such a name, that begins there; 0 if none does. In any case, and
     * with one sign between two letters or none.
     */
    static int longestAt(String text, int at) {
        char first = lower(text.charAt(at));
        if (first >= BY_FIRST.length) {
            return 0;
        }
        int longest = 0;
        for (String word : BY_FIRST[first]) {
            longest = Math.max(longest, lengthAt(text, at, word));
        }
        return longest;
    }

    private static String[][] byFirst() {
        String[][] words = new String[128][];
        for (int c = 0; c < words.length; c++) {
            int first = c;
            words[c] = ALL.stream().filter(word -> word.charAt(0) == first).toArray(String[]::new);
        }
        return words;
    }

    private static int lengthAt(String text, int from, String word) {
        int at = from;
        for (int i = 0; i < word.length(); i++, at++) {
            if (i > 0 && at < text.length() && "-_. \0".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at >= text.length() || lower(text.charAt(at)) != word.charAt(i)) {
                return 0;
            }
        }
        return at - from;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Whether this name only looks as if it were a secret's. */
    boolean keeps(String name) {
        return kept.contains(plain(name));
    }

    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        String small = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < small.length(); i++) {
            char c = small.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
