package io.laneway.replay.redact;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
