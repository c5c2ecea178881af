package io.laneway.control.traffic;

import io.laneway.control.gateways.Totals;
import io.laneway.router.text.Slug;

/**
 * Names what is counted together: the requests for a service that asked for one lane and were served by one. Immutable.
 *
 * @param service empty where a gateway counts by the lane asked for alone
 * @param asked  the slug of the lane asked for or assigned, empty for none; or a word of gateways such as
 *               {@code __other__}
 * @param served the slug of the lane that served, empty for none
 */
record FlowKey(String service, String asked, String served) {

    /** What gateways count together, such as {@code __unknown__}, is no lane and has no slug. */
    private static final String WORD = "__";

    static FlowKey of(Totals totals) {
        return new FlowKey(totals.service(), slug(totals.requested()), slug(totals.lane()));
    }

    /** Whether it says what asked for a lane and no more: what served stands under {@code __other__}. */
    boolean askedAlone() {
        return service.isEmpty();
    }

    private static String slug(String lane) {
        return lane.isEmpty() || lane.startsWith(WORD) ? lane : Slug.of(lane);
    }
}
