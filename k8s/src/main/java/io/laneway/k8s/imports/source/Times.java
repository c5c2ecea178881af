package io.laneway.k8s.imports.source;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as protobuf's JSON and Go write them, such as {@code 0.25s} and {@code 1m30s}. */
public final class Times {

    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h|d)");

    private Times() {}

    /** Reads a duration, to the millisecond; null if it has another form or is finer. */
    public static @Nullable Duration parse(String text) {
        Matcher part = PART.matcher(text.trim());
        BigDecimal ms = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            ms = ms.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
            end = part.end();
        }
        boolean whole = end > 0
                && end == text.trim().length()
                && ms.stripTrailingZeros().scale() <= 0;
        return whole ? Duration.ofMillis(ms.longValue()) : null;
    }

    /** Reads and takes the duration below these keys; null if there is none, or if it stays to be named. */
    public static @Nullable Duration take(Tracked node, String... keys) {
        String text = node.peek(keys);
        Duration time = text == null ? null : parse(text);
        if (time != null) {
            node.text(keys);
        }
        return time;
    }

    private static BigDecimal unit(String unit) {
        return switch (unit) {
            case "ns" -> new BigDecimal("0.000001");
            case "us" -> new BigDecimal("0.001");
            case "ms" -> BigDecimal.ONE;
            case "s" -> BigDecimal.valueOf(1_000);
            case "m" -> BigDecimal.valueOf(60_000);
            case "h" -> BigDecimal.valueOf(3_600_000);
            default -> BigDecimal.valueOf(86_400_000);
        };
    }
}
