package io.laneway.replay.redact;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets that are known by their looks, wherever they are. Stateless. */
public final class SecretShapes {

    /** By their name. Where there is a group, it is the secret; else all of it is. */
    private static final Map<String, Pattern> SHAPES = shapes();

    private SecretShapes() {}

    private static Map<String, Pattern> shapes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "private key",
                "(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|\\z)");
        all.put("password in a URL", "[a-z]://[^/\\s:@?#]{0,256}:([^/\\s@]{1,256})@");
        all.put(
                "credentials",
                "\\b(?i:bearer|basic)(?:\\s|%20|\\+){1,8}((?=[A-Za-z0-9+/_.~=-]{0,4096}?(?:[0-9=]|[a-z][A-Z]))[A-Za-z0-9+/_.~=-]{8,})");
        all.put("JWT", "(?<![A-Za-z0-9_])eyJ[A-Za-z0-9_=+/-]{8,}\\.[A-Za-z0-9_=+/.-]*");
        all.put("AWS access key", "(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}(?![A-Za-z0-9])");
        all.put("GitHub token", "(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,}");
        all.put("GitLab token", "(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}");
        all.put("Slack token", "(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}");
        all.put("Google API key", "(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{20,})");
        all.put("Stripe key", "(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}");
        all.put("npm token", "(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}");
        all.put("API key", "(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}");
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        all.forEach((name, pattern) -> patterns.put(name, Pattern.compile(pattern)));
        return patterns;
    }

    /**
     * The text with something else in place of each secret.
     *
     * @param replacement of the shape's name and the secret
     */
    public static String replace(String text, BiFunction<String, String, String> replacement) {
        String result = text;
        for (Map.Entry<String, Pattern> shape : SHAPES.entrySet()) {
            Matcher matcher = shape.getValue().matcher(result);
            if (matcher.find()) {
                result = replace(result, matcher, secret -> replacement.apply(shape.getKey(), secret));
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
