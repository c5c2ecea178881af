package io.laneway.gateway.upstream.policy;

import io.laneway.router.policy.Compression;
import java.util.List;
import java.util.Locale;

/** Which responses of a service are worth compressing, by type and length. Immutable. */
public final class CompressionRule {

    private final List<Pattern> types;
    private final long minSize;

    private record Pattern(String before, String behind, boolean open) {

        static Pattern of(String type) {
            int star = type.indexOf('*');
            return star < 0
                    ? new Pattern(type, "", false)
                    : new Pattern(type.substring(0, star), type.substring(star + 1), true);
        }

        boolean matches(String type) {
            return open
                    ? type.length() >= before.length() + behind.length()
                            && type.startsWith(before)
                            && type.endsWith(behind)
                    : type.equals(before);
        }
    }

    CompressionRule(Compression policy) {
        this.types = policy.types().stream().map(Pattern::of).toList();
        this.minSize = policy.minSize().bytes();
    }

    /**
     * Whether a response with that {@code Content-Type} is meant.
     *
     * @param length of its body, negative if it is not known
     */
    public boolean means(long length, String contentType) {
        boolean small = length >= 0 && length < minSize;
        return !small && matches(contentType);
    }

    private boolean matches(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).matches(type)) {
                return true;
            }
        }
        return false;
    }
}
