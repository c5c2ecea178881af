package io.laneway.replay.redact;

/**
 * Finds names of secrets in bytes whose format is not known, so that what is beside them is not kept. Letters in any case,
 * with one sign between them or none (also as UTF-16 has it). Immutable.
 */
final class NamesInBytes {

    /** A name of less is in compressed bytes by chance: those that have their length before them, or an end, are names. */
    private static final int LONG = 5;

    /** How SASL has a name and a password, with the length before it as all such formats have. */
    private static final String MECHANISM = "\5PLAIN";

    private static final int LONGEST_NAME = 64;

    private final SecretNames names;

    NamesInBytes(SecretNames names) {
        this.names = names;
    }

    /**
     * Whether there is one that nothing was replaced behind.
     *
     * @param latin the bytes, each a character
     * @param text whether they were redacted as text, which has dealt with names before a colon or an equals sign
     */
    boolean areIn(String latin, boolean text) {
        for (int i = 0; i < latin.length(); i++) {
            int length = SecretNames.longestAt(latin, i);
            if (length > 0
                    && isName(latin, i, length)
                    && !(text && isAssigned(latin, i + length))
                    && !keeps(latin, i)) {
                return true;
            }
        }
        return latin.contains(MECHANISM);
    }

    /** Whether a map of protobuf has one as a key: it is field 1 of an entry, and its value is field 2. */
    boolean areKeysIn(String latin) {
        for (int i = 2; i < latin.length(); i++) {
            if (latin.charAt(i - 2) != '\n' || latin.charAt(i - 1) > LONGEST_NAME) {
                continue;
            }
            int end = i + latin.charAt(i - 1);
            boolean entry = end < latin.length() && latin.charAt(end) == 0x12;
            if (entry && names.has(latin.substring(i, end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isName(String latin, int at, int length) {
        if (length >= LONG) {
            return true;
        }
        int before = at == 0 ? 0 : latin.charAt(at - 1);
        boolean prefixed = (before & 0x1f) == length || (before > 0x7f && (before & 0x1f) == length - 1);
        boolean closed = at + length < latin.length() && latin.charAt(at + length) == 0 && before < ' ';
        return prefixed || closed;
    }

    private static boolean isAssigned(String latin, int from) {
        int at = from;
        while (at < latin.length()
                && at - from < LONGEST_NAME
                && (isPart(latin.charAt(at)) || "\\\"' \t]".indexOf(latin.charAt(at)) >= 0)) {
            at++;
        }
        return at < latin.length() && (latin.charAt(at) == ':' || latin.charAt(at) == '=');
    }

    /** Whether the word is one that is to be kept; a byte of its length may look like its first letter. */
    private boolean keeps(String latin, int at) {
        int begin = at;
        while (begin > 0 && at - begin < LONGEST_NAME && isPart(latin.charAt(begin - 1))) {
            begin--;
        }
        int end = at;
        while (end < latin.length() && end - at < LONGEST_NAME && isPart(latin.charAt(end))) {
            end++;
        }
        return names.keeps(latin.substring(begin, end)) || names.keeps(latin.substring(begin + 1, end));
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.-".indexOf(c) >= 0;
    }
}
