package io.laneway.router.link;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key of a signed link, {@code lane.key-id.end.signature}: the slug of the lane, the beginning of the {@link LinkKey},
 * the end in seconds since 1970, and the signature of what comes before it. There is one way only to write one. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record LaneLink(String lane, String keyId, long end, byte[] signature) {

    /** The name of the query parameter and of the cookie that hold it. */
    public static final String NAME = "lane-key";

    /** Characters at most: slug, id, end, signature. */
    public static final int MOST = 63 + 1 + 8 + 1 + 11 + 1 + 86;

    /** What signatures are over begins with this, so that none counts elsewhere. */
    private static final String CONTEXT = "laneway link\n";

    private static final Pattern FORM =
            Pattern.compile("([a-z0-9-]{1,63})\\.([A-Za-z0-9_-]{8})\\.([1-9][0-9]{0,10})\\.([A-Za-z0-9_-]{86})");

    /** Takes it apart; null if it is malformed. */
    public static @Nullable LaneLink parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.length() > MOST || !parts.matches()) {
            return null;
        }
        byte[] signature = LinkText.decoded(parts.group(4));
        return signature == null || signature.length != LinkKey.SIGNATURE_BYTES
                ? null
                : new LaneLink(parts.group(1), parts.group(2), Long.parseLong(parts.group(3)), signature);
    }

    byte[] signedBytes() {
        return signedBytes(lane, keyId, end);
    }

    static byte[] signedBytes(String lane, String keyId, long end) {
        return (CONTEXT + lane + "." + keyId + "." + end).getBytes(StandardCharsets.US_ASCII);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return lane + "." + keyId + "." + end + "." + LinkText.of(signature);
    }
}
