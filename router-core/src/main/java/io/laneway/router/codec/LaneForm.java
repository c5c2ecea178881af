package io.laneway.router.codec;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The form of a lane. */
final class LaneForm {

    private LaneForm() {}

    static @Nullable Lane read(Node node, @Nullable String known, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String name = Identity.text(fields, "name", known);
        String parent = fields.optionalText("parent");
        LaneMode mode = fields.word("mode", LaneMode.values(), LaneMode::word, LaneMode.PERMISSIVE);
        String description = fields.text("description", "");
        Instant expiresAt = fields.optionalInstant("expiresAt");
        boolean keep = fields.bool("keep", false);
        LaneState state = fields.word("state", LaneState.values(), LaneState::word, LaneState.ACTIVE);
        return fields.build(() -> new Lane(name, parent, mode, description, expiresAt, keep, state));
    }
}
