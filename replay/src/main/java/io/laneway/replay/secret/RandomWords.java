package io.laneway.replay.secret;

import io.laneway.replay.redact.Pseudonyms;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that look as if chance had made them, by how evenly their characters are spread (Shannon). Stateless. */
final class RandomWords {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+_=-]{24,}");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("(?i)[0-9a-f]{32,}");

    /** Bits a character; English has 3.5 to 3.9 over such lengths, base64 of chance 4.2 and more. */
    private static final double MIXED = 4.0;

    /** Of 4 that are possible. */
    private static final double HEXADECIMAL = 3.2;

    private RandomWords() {}

    /** The length of the longest such word, 0 if there is none. */
    static int longest(String text) {
        int longest = 0;
        String rest =
                UUID.matcher(Pseudonyms.FORM.matcher(text).replaceAll(" ")).replaceAll(" ");
        Matcher words = WORD.matcher(rest);
        while (words.find()) {
            String word = words.group();
            if (word.length() > longest && isRandom(word)) {
                longest = word.length();
            }
        }
        return longest;
    }

    private static boolean isRandom(String word) {
        if (HEX.matcher(word).matches()) {
            return bits(word) >= HEXADECIMAL;
        }
        boolean mixed = word.chars().anyMatch(Character::isDigit)
                && word.chars().anyMatch(Character::isUpperCase)
                && word.chars().anyMatch(Character::isLowerCase);
        return mixed && bits(word) >= MIXED;
    }

    private static double bits(String word) {
        int[] counts = new int[128];
        word.chars().forEach(c -> counts[c]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / word.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
