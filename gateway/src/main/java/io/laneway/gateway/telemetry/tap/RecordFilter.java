package io.laneway.gateway.telemetry.tap;

import io.laneway.router.decision.Reason;
import io.laneway.router.unit.Share;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which finished requests a reader wants: those for which every condition holds. Immutable.
 *
 * @param lane      requested or served, by its name or slug; null for any
 * @param service   by its identity; null for any
 * @param tenant    that the decision looked at; null for any
 * @param decisions empty for any
 * @param statuses  ranges of the response's status; empty for any
 * @param share     of requests, by a hash of their ids: the same ones at each gateway
 */
public record RecordFilter(
        @Nullable String lane,
        @Nullable String service,
        @Nullable String tenant,
        Set<Reason> decisions,
        List<StatusRange> statuses,
        Share share) {

    /** The names of the conditions, in the order of the documentation. */
    public static final List<String> NAMES = List.of("lane", "service", "tenant", "decision", "status", "share");

    /** Every request. */
    public static final RecordFilter ALL =
            new RecordFilter(null, null, null, Set.of(), List.of(), new Share(Share.SLOTS));

    public RecordFilter {
        decisions = Set.copyOf(decisions);
        statuses = List.copyOf(statuses);
    }

    /** Statuses from one to another, both included. Immutable. */
    public record StatusRange(int from, int to) {

        /** Reads a status such as {@code 503}, a class such as {@code 5xx}, or {@code none} for no response. */
        static StatusRange parse(String text) {
            if (text.equals("none")) {
                return new StatusRange(0, 0);
            }
            if (text.matches("[1-5][xX]{2}")) {
                int first = (text.charAt(0) - '0') * 100;
                return new StatusRange(first, first + 99);
            }
            if (text.matches("[1-5]\\d{2}")) {
                int status = Integer.parseInt(text);
                return new StatusRange(status, status);
            }
            throw new IllegalArgumentException(
                    "status: '" + text + "' (expected: a status such as 503, a class such as 5xx, or none)");
        }
    }

    /**
     * Reads conditions by their names; an empty value is an error, since without it other requests would be shown.
     *
     * @throws IllegalArgumentException saying what is wrong and what is expected
     */
    public static RecordFilter parse(Map<String, String> conditions) {
        for (String name : conditions.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(name + ": unknown (expected: one of " + NAMES + ")");
            }
        }
        String share = value(conditions, "share");
        return new RecordFilter(
                value(conditions, "lane"),
                value(conditions, "service"),
                value(conditions, "tenant"),
                list(conditions, "decision").stream().map(RecordFilter::reason).collect(Collectors.toSet()),
                list(conditions, "status").stream().map(StatusRange::parse).toList(),
                share == null ? new Share(Share.SLOTS) : Share.parse(share));
    }

    private static @Nullable String value(Map<String, String> conditions, String name) {
        String value = conditions.get(name);
        if (value == null) {
            return null;
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + ": empty (expected: a value, or no " + name + ")");
        }
        return value.trim();
    }

    private static List<String> list(Map<String, String> conditions, String name) {
        String value = value(conditions, name);
        return value == null ? List.of() : Arrays.asList(value.split("\\s*,\\s*"));
    }

    private static Reason reason(String word) {
        for (Reason reason : Reason.values()) {
            if (reason.word().equals(word)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("decision: '" + word + "' (expected: one of "
                + Arrays.stream(Reason.values()).map(Reason::word).toList() + ")");
    }
}
