package io.laneway.router.decision;

import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the steps of a decision that is to be explained, and puts words in the request's mouth. Confined to one thread. */
final class DecisionTrace {

    final List<DecisionStep> steps = new ArrayList<>();
    final @Nullable Slice lane;
    final @Nullable Slice tenant;

    @Nullable
    String foundTenant;

    DecisionTrace(@Nullable String lane, @Nullable String tenant) {
        this.lane = lane == null ? null : Slice.of(lane);
        this.tenant = tenant == null ? null : Slice.of(tenant.trim());
    }

    void step(DecisionStep.Kind kind, String sentence) {
        steps.add(new DecisionStep(kind, sentence));
    }
}
