package io.laneway.replay.redact;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/** Secrets that are known by their looks, wherever they are. Where there is a group, it is the secret; else all of it is. Stateless. */
public final class SecretShapes {

    /** Shorter texts have none of them. */
    private static final int SHORTEST = 7;

    private static final List<SecretShape> SHAPES = List.of(
            shape(
                    "private key",
                    "(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|\\z)",
                    "-----BEGIN"),
            shape("password in a URL", "[a-z]://[^/\\s:@?#]{0,256}:([^/\\s@]{1,256})@", "://"),
            shape(
                    "password of curl",
                    "\\bcurl\\b(?:(?!\\bcurl\\b)[^\\r\\n]){0,512}?[ \\t](?:-u|-U|--user|--proxy-user)"
                            + "[ \\t=]?[ \\t]*[\\x22']?[^\\s:\\x22']{1,256}:([^\\s\\x22']{1,256})",
                    "curl "),
            SecretShape.inAnyCase(
                    "credentials",
                    // behind these a plain word is none: it has no digit, no capital but its first letter, and an end
                    "\\b(?i:bearer|basic)(?:\\s|%20|\\+){1,8}"
                            + "((?=[A-Za-z0-9+/_.~=-]{0,4096}?[0-9=]|[A-Za-z0-9+/_.~=-]{1,4096}?[A-Z]|[A-Za-z0-9+/_.~=-]{24})"
                            + "[A-Za-z0-9+/_.~=-]{8,})",
                    "bearer",
                    "basic"),
            shape("JWT", "(?<![A-Za-z0-9_])eyJ[A-Za-z0-9_=+/-]{8,}\\.[A-Za-z0-9_=+/.-]*", "eyJ"),
            shape(
                    "AWS access key",
                    "(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}(?![A-Za-z0-9])",
                    "AKIA",
                    "ASIA",
                    "AROA",
                    "AIDA"),
            shape("GitHub token", "(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,}", "gh", "github_"),
            shape("GitLab token", "(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}", "glpat-"),
            shape("Slack token", "(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}", "xox"),
            shape(
                    "Google API key",
                    "(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{20,})",
                    "AIza",
                    "ya29."),
            shape(
                    "Stripe key",
                    "(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}",
                    "k_live_",
                    "k_test_",
                    "whsec_"),
            shape("npm token", "(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}", "npm_"),
            shape("API key", "(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}", "sk-"));

    private SecretShapes() {}

    private static SecretShape shape(String name, String pattern, String... marks) {
        return SecretShape.of(name, pattern, marks);
    }

    /**
     * The text with something else in place of each secret.
     *
     * @param replacement of the shape's name and the secret
     */
    public static String replace(String text, BiFunction<String, String, String> replacement) {
        if (text.length() < SHORTEST) {
            return text;
        }
        String result = text;
        for (SecretShape shape : SHAPES) {
            Matcher matcher = shape.in(result);
            if (matcher != null && matcher.find()) {
                result = replace(result, matcher, secret -> replacement.apply(shape.name(), secret));
            }
        }
        return result;
    }

    private static String replace(String text, Matcher found, UnaryOperator<String> replacement) {
        int group = found.groupCount() == 0 ? 0 : 1;
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        do {
            out.append(text, from, found.start(group)).append(replacement.apply(found.group(group)));
            from = found.end(group);
        } while (found.find());
        return out.append(text, from, text.length()).toString();
    }
}
