package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Mirror;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The forms of the parts of a policy that are for testers: mirror and fault. */
final class TestForm {

    private static final Type<String> LANE_NAME = Types.TEXT.labelled("lane name");

    private static final Key<Mirror, String> LANE = Key.required("lane", LANE_NAME, Mirror::lane);
    private static final Key<Mirror, Share> SHARE =
            Key.optional("share", Types.SHARE, Mirror::share).or(Share.ALL);

    static final Form<Mirror> MIRROR =
            Form.of("Mirror", "", read -> new Mirror(read.of(LANE), read.of(SHARE)), List.of(LANE, SHARE));

    private static final Key<Fault, String> FAULT_LANE = Key.required("lane", LANE_NAME, Fault::lane);
    private static final Key<Fault, Duration> DELAY =
            Key.optional("delay", Types.DURATION.orOff(null), Fault::delay).doc("Waits so long before forwarding");
    private static final Key<Fault, Integer> ABORT = Key.optional(
                    "abort",
                    Numbers.integer(200, 599).orOff(null),
                    (Fault fault) -> fault.abort() == 0 ? null : (Integer) fault.abort())
            .doc("Responds with this status instead; one of `delay` and `abort` at least");
    private static final Key<Fault, Share> FAULT_SHARE =
            Key.optional("share", Types.SHARE, Fault::share).or(Share.ALL);

    static final Form<Fault> FAULT = Form.of(
                    "Fault",
                    "",
                    read -> new Fault(
                            read.of(FAULT_LANE),
                            read.orNull(DELAY),
                            Objects.requireNonNullElse(read.orNull(ABORT), 0),
                            read.of(FAULT_SHARE)),
                    List.of(FAULT_LANE, DELAY, ABORT, FAULT_SHARE))
            .where(TestForm::somethingHappens);

    private TestForm() {}

    private static void somethingHappens(Fields fields, Read<Fault> read) {
        if (read.orNull(DELAY) == null && read.orNull(ABORT) == null) {
            fields.problem(DELAY.name(), "neither delay nor abort", "one of them at least");
        }
    }
}
