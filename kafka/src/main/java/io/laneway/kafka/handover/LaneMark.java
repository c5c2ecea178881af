package io.laneway.kafka.handover;

import org.jspecify.annotations.Nullable;

/**
 * What a lane's group keeps in the metadata of its offset of a partition, before the application's own metadata:
 * {@code laneway1 w=30/12}, or {@code laneway1 r=30/12} once the base has taken the partition back and done all that
 * the lane left. Immutable.
 *
 * @param start      the W under which the offset was committed; {@link #NONE} if no program wrote it that knows lanes
 * @param partitions how many partitions the topic had when the lane began, 0 if not known
 * @param released   the base took the partition back
 * @param user       the application's own metadata
 */
public record LaneMark(long start, int partitions, boolean released, String user) {

    /** No hand-over is in force. */
    public static final long NONE = -1;

    private static final String BEGUN = "w=";
    private static final String RELEASED = "r=";

    /** The mark of a lane's member. */
    public static LaneMark begun(long start, int partitions, String user) {
        return new LaneMark(start, partitions, false, user);
    }

    /** Reads metadata; what is not ours is the application's. */
    public static LaneMark decode(@Nullable String metadata) {
        String text = metadata == null ? "" : metadata;
        if (!BaseMark.signed(text)) {
            return new LaneMark(NONE, 0, false, text);
        }
        String own = BaseMark.own(text);
        int slash = own.indexOf('/');
        boolean released = own.startsWith(RELEASED);
        if (slash < 0 || !(released || own.startsWith(BEGUN))) {
            return new LaneMark(NONE, 0, false, BaseMark.user(text));
        }
        try {
            long start = Long.parseLong(own.substring(BEGUN.length(), slash));
            return new LaneMark(start, Integer.parseInt(own.substring(slash + 1)), released, BaseMark.user(text));
        } catch (NumberFormatException e) {
            return new LaneMark(NONE, 0, false, BaseMark.user(text));
        }
    }

    /** Whether the lane has begun, and the base has not taken the partition back. */
    public boolean begun() {
        return start != NONE && !released;
    }

    /** Whether a partition was added to the topic after the lane began. */
    boolean before(int partition) {
        return begun() && partitions > 0 && partition >= partitions;
    }

    /** The metadata to commit. */
    public String encode() {
        String key = released ? RELEASED : BEGUN;
        String own = start == NONE ? BaseMark.SIGN : BaseMark.SIGN + " " + key + start + "/" + partitions;
        return user.isEmpty() ? own : own + "\n" + user;
    }
}
