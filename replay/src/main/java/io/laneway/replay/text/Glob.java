package io.laneway.replay.text;

/**
 * A text in which {@code *} is any text, and {@code [*]} is itself: the items of a list as they are written. Matching takes
 * time linear in the text for each star, whatever the pattern. Immutable.
 */
public final class Glob {

    private static final String ITEMS = "[*]";

    /** What stands for {@link #ITEMS} while the text is taken apart; in no name or path. */
    private static final String STAND_IN = "\u0000";

    private final String[] parts;

    private Glob(String[] parts) {
        this.parts = parts;
    }

    /** A pattern by its text. */
    public static Glob of(String text) {
        String[] parts = text.replace(ITEMS, STAND_IN).split("\\*", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].replace(STAND_IN, ITEMS);
        }
        return new Glob(parts);
    }

    /** Whether the whole text is of this pattern. */
    public boolean matches(String text) {
        return matches(text, text.length());
    }

    /** Whether a path is of this pattern, or lies below one that is: behind it comes a dot or a bracket. */
    public boolean covers(String path) {
        if (matches(path)) {
            return true;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if ((c == '.' || c == '[') && matches(path, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String text, int length) {
        String first = parts[0];
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return length == first.length() && text.startsWith(first);
        }
        int end = length - last.length();
        if (end < first.length() || !text.startsWith(first) || !text.startsWith(last, end)) {
            return false;
        }
        int from = first.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], from);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            from = found + parts[i].length();
        }
        return true;
    }
}
