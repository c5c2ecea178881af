package io.laneway.router.policy;

import io.laneway.router.unit.Share;
import java.util.Objects;

/** Copies a share of a service's requests into a lane, stamped with that lane, answers ignored. Immutable. */
public record Mirror(String lane, Share share) {

    public Mirror {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(share, "share");
    }
}
