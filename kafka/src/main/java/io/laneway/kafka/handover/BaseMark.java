package io.laneway.kafka.handover;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the base group keeps in the metadata of its offset of a partition, before the application's own metadata:
 * {@code laneway1 f-1=30-100,250-;f-2=7-!;f-3=2-9.}. Immutable.
 *
 * @param present whether a program that knows lanes wrote it
 * @param shares  by slug
 * @param user    the application's own metadata
 */
public record BaseMark(boolean present, Map<String, Share> shares, String user) {

    /** What begins every mark; another version would have another number. */
    static final String SIGN = "laneway1";

    private static final char USER = '\n';

    /** Nothing is yielded. */
    public static final BaseMark EMPTY = new BaseMark(true, Map.of(), "");

    public BaseMark {
        shares = Map.copyOf(shares);
    }

    /** Reads metadata; what is not ours is the application's, and a mark that cannot be read is none. */
    public static BaseMark decode(@Nullable String metadata) {
        String text = metadata == null ? "" : metadata;
        if (!signed(text)) {
            return new BaseMark(false, Map.of(), text);
        }
        try {
            return new BaseMark(true, shares(own(text)), user(text));
        } catch (IllegalArgumentException e) {
            return new BaseMark(false, Map.of(), user(text));
        }
    }

    /** The metadata to commit. */
    public String encode() {
        StringBuilder text = new StringBuilder(SIGN);
        char separator = ' ';
        for (Map.Entry<String, Share> share : new TreeMap<>(shares).entrySet()) {
            text.append(separator).append(share.getKey()).append('=').append(share.getValue());
            separator = ';';
        }
        return user.isEmpty() ? text.toString() : text.append(USER).append(user).toString();
    }

    /** The shares as they are shown to people: {@code f-1=30-100,250-;f-2=7-!}. */
    public String shown() {
        return new BaseMark(true, shares, "").encode().substring(SIGN.length()).trim();
    }

    /** Whether a lane has records that the base does not handle, from some offset on or between two. */
    public boolean yieldsTo(String slug) {
        Share share = shares.get(slug);
        return share != null && share.last().open();
    }

    /** The lanes that have records which the base does not handle, or has still to read again, by slug. */
    public Set<String> unsettled() {
        return shares.entrySet().stream()
                .filter(share -> !share.getValue().settled())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Its length as the broker counts it. */
    int bytes() {
        return encode().getBytes(StandardCharsets.UTF_8).length;
    }

    BaseMark with(String slug, Share share) {
        Map<String, Share> more = new TreeMap<>(shares);
        more.put(slug, share);
        return new BaseMark(true, more, user);
    }

    /** The application's part of metadata of either group. */
    public static String userPart(@Nullable String metadata) {
        String text = metadata == null ? "" : metadata;
        return signed(text) ? user(text) : text;
    }

    static boolean signed(String text) {
        return text.startsWith(SIGN)
                && (text.length() == SIGN.length()
                        || text.charAt(SIGN.length()) == ' '
                        || text.charAt(SIGN.length()) == USER);
    }

    static String own(String text) {
        int end = text.indexOf(USER);
        return text.substring(SIGN.length(), end < 0 ? text.length() : end).trim();
    }

    static String user(String text) {
        int end = text.indexOf(USER);
        return end < 0 ? "" : text.substring(end + 1);
    }

    private static Map<String, Share> shares(String own) {
        Map<String, Share> shares = new TreeMap<>();
        for (String entry : own.split(";")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                shares.put(entry.substring(0, equals), Share.parse(entry.substring(equals + 1)));
            }
        }
        return shares;
    }
}
