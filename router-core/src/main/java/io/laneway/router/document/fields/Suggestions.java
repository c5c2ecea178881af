package io.laneway.router.document.fields;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which key was meant. */
final class Suggestions {

    private static final int LONGEST = 64;

    private Suggestions() {}

    /** What to expect instead of an unknown key: the nearest known one if one is near, else all. */
    static String among(String key, Collection<String> known) {
        String near = nearest(key, known);
        if (near != null) {
            return near;
        }
        return known.isEmpty() ? "no keys" : "one of " + String.join(", ", known);
    }

    private static @Nullable String nearest(String key, Collection<String> known) {
        if (key.length() > LONGEST) {
            return null;
        }
        String best = null;
        int least = Math.max(1, key.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(key.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
