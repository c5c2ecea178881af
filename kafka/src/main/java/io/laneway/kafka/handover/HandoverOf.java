package io.laneway.kafka.handover;

import io.laneway.router.source.MessageLanes.Handover;

/** Reads out of the two marks of a partition how far the hand-over between the base group and a lane's group is. */
public final class HandoverOf {

    private HandoverOf() {}

    /**
     * The hand-over of one partition.
     *
     * @param based whether the base group has committed an offset there
     */
    public static Handover partition(boolean based, BaseMark base, LaneMark lane, String slug, boolean members) {
        Share share = base.shares().get(slug);
        if (share == null) {
            return unshared(based, lane, members);
        }
        if (share.settled()) {
            return unbegun(members);
        }
        if (!share.last().open()) {
            return Handover.REREADING;
        }
        if (share.claimed()) {
            return Handover.CLAIMED;
        }
        return lane.begun() ? Handover.LANE : Handover.WAITING;
    }

    /** A lane without the base's offset has the records for itself; it proposed where it begins. */
    private static Handover unshared(boolean based, LaneMark lane, boolean members) {
        if (lane.begun()) {
            return based ? Handover.BOTH : Handover.LANE;
        }
        return unbegun(members);
    }

    private static Handover unbegun(boolean members) {
        return members ? Handover.WAITING : Handover.BASE;
    }
}
