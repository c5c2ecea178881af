package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Mirror;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms of the parts of a policy that are for testers: mirror and fault. */
public final class TestForm {

    public static final Share ALL = new Share(Share.SLOTS);

    private static final Key<Mirror, String> LANE = Key.required("lane", Types.TEXT, Mirror::lane);
    private static final Key<Mirror, Share> SHARE =
            Key.optional("share", Types.SHARE, Mirror::share).or(ALL);

    static final Form<Mirror> MIRROR =
            Form.of("", read -> new Mirror(read.of(LANE), read.of(SHARE)), List.of(LANE, SHARE));

    private TestForm() {}

    static @Nullable Fault fault(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String lane = fields.text("lane");
        Duration delay = fields.optionalDuration("delay");
        int abort = fields.isOff("abort") ? 0 : fields.integer("abort", 200, 599, 0);
        Share share = fields.share("share", ALL);
        if (delay == null && abort == 0) {
            fields.problem("delay", "neither delay nor abort", "one of them at least");
        }
        return fields.build(() -> new Fault(lane, delay, abort, share));
    }
}
