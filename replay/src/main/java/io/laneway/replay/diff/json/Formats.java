package io.laneway.replay.diff.json;

import java.util.regex.Pattern;

/** How texts are written: what stays the same where the text itself is new each time. Stateless. */
public final class Formats {

    private static final Pattern ID = Pattern.compile(
            "\\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|(?=.*\\d)[0-9a-fA-F]{8,}|(?=.*\\d.*\\d)(?=.*[A-Za-z])[\\w~-]{16,}|[a-z]{1,6}[_-]\\d+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{8,}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private Formats() {}

    /** Whether a segment of a path or a name of a member is an identifier. */
    public static boolean isId(String text) {
        return text.length() < 200 && hasDigit(text) && ID.matcher(text).matches();
    }

    private static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /** How a text is written. */
    static String of(String text) {
        if (text.isBlank()) {
            return text.isEmpty() ? "empty" : "blank";
        }
        String padded = text.equals(text.strip()) ? "" : ", with white space around it";
        return name(text.strip()) + padded;
    }

    private static String name(String text) {
        if (text.length() > 200) {
            return "long text";
        }
        if (Times.millis(text) != null) {
            return "time as " + Times.form(text);
        }
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        String letters = text.equals(lower) ? "" : " in upper case";
        if (UUID.matcher(lower).matches()) {
            return "UUID" + letters;
        }
        if (NUMBER.matcher(text).matches()) {
            int point = text.indexOf('.');
            return point < 0 ? "whole number" : "number with " + (text.length() - point - 1) + " decimals";
        }
        if (HEX.matcher(lower).matches()) {
            return "hexadecimal" + letters;
        }
        return text.indexOf(' ') >= 0 ? "words" : "word";
    }
}
