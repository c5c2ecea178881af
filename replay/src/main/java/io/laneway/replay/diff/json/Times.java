package io.laneway.replay.diff.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts and numbers that are times. Stateless. */
final class Times {

    private static final Pattern ISO =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:?\\d\\d)?)?");
    private static final Pattern RFC =
            Pattern.compile("[A-Z][a-z]{2}, \\d\\d? [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d .{1,5}");
    private static final double[] UNITS = {1e3, 1, 1e-3, 1e-6};
    private static final double FROM = 9.4e11;
    private static final double TO = 4.1e12;

    private Times() {}

    /** Milliseconds since 1970, null if it is no time of ISO 8601 or RFC 9110, 5.6.7. */
    static @Nullable Double millis(String text) {
        if (text.length() < 10 || text.length() > 40) {
            return null;
        }
        try {
            if (ISO.matcher(text).matches()) {
                Instant instant = iso(text.replace(' ', 'T'));
                return instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6;
            }
            return RFC.matcher(text).matches()
                    ? Double.valueOf((double) OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .toEpochMilli())
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant iso(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        int zone = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        if (zone > 10 && text.length() - zone == 5) {
            return OffsetDateTime.parse(text.substring(0, zone + 3) + ":" + text.substring(zone + 3))
                    .toInstant();
        }
        return zone > 10 || text.endsWith("Z")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    /** How a time is written: zone and fraction, but not how many of its digits are zero. */
    static String form(String text) {
        return text.replaceAll("\\.\\d+", ".9").replaceAll("\\d", "9").replaceAll("[A-Z][a-z]{2}", "Mon");
    }

    /** In which unit a number is a time since 1970; negative if it is none. */
    static int unit(Number number) {
        for (int i = 0; i < UNITS.length; i++) {
            double millis = number.doubleValue() * UNITS[i];
            if (millis > FROM && millis < TO) {
                return i;
            }
        }
        return -1;
    }

    static double millis(Number number, int unit) {
        return number.doubleValue() * UNITS[unit];
    }
}
