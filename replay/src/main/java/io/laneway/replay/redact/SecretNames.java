package io.laneway.replay.redact;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names whose values are secrets: those that say so, whatever their case and however their words are put together ({@code
 * api-key}, {@code X_API_KEY}, {@code userPassword}, {@code user[password]}), and those that were given. Immutable.
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

    /** Those that begin with a letter, by its code in small. */
    private static final String[][] BY_FIRST = byFirst();

    private final Set<String> given = new HashSet<>();
    private final Set<String> kept = new HashSet<>();

    SecretNames(Collection<String> given, Collection<String> kept) {
        given.forEach(name -> this.given.add(plain(name)));
        kept.forEach(name -> this.kept.add(plain(name)));
    }

    boolean has(String name) {
        String plain = plain(name);
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
        name.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(c -> plain.append((char) c));
        return plain.toString();
    }
}
