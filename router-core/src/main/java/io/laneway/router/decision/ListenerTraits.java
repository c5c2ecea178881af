package io.laneway.router.decision;

import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What of a listener matters to the decision. Immutable. docs/concepts/decision.md.
 *
 * @param internal    whether it faces our own services: stamps are obeyed, bare names reach services
 * @param lanes       false ignores branch carriers and uses shifts alone
 * @param defaultLane the lane of calls that carry none, null for none
 * @param service     the one service behind it, null to route by host and path
 * @param signed      whether carriers count only if they name the lane that the request was granted
 * @param passthrough whether unknown hosts are sent where they asked
 * @param local       whether the application beside the gateway serves, whatever the table says
 */
public record ListenerTraits(
        boolean internal,
        boolean lanes,
        @Nullable Slice defaultLane,
        @Nullable ServiceId service,
        boolean passthrough,
        boolean signed,
        boolean local) {

    /** A listener that faces strangers. */
    public static final ListenerTraits EXTERNAL = new ListenerTraits(false, true, null, null, false, false, false);

    /** A listener that faces our own, without pass-through. */
    public static final ListenerTraits INTERNAL = new ListenerTraits(true, true, null, null, false, false, false);

    public ListenerTraits withLanes(boolean lanes) {
        return new ListenerTraits(internal, lanes, defaultLane, service, passthrough, signed, local);
    }

    public ListenerTraits withDefaultLane(@Nullable String lane) {
        return new ListenerTraits(
                internal, lanes, lane == null ? null : Slice.of(lane), service, passthrough, signed, local);
    }

    public ListenerTraits withService(@Nullable ServiceId service) {
        return new ListenerTraits(internal, lanes, defaultLane, service, passthrough, signed, local);
    }

    public ListenerTraits withPassthrough(boolean passthrough) {
        return new ListenerTraits(internal, lanes, defaultLane, service, passthrough, signed, local);
    }

    public ListenerTraits withSigned(boolean signed) {
        return new ListenerTraits(internal, lanes, defaultLane, service, passthrough, signed, local);
    }
}
