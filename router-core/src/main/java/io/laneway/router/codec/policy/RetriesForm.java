package io.laneway.router.codec.policy;

import io.laneway.router.document.fields.EnumWord;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.form.Words;
import io.laneway.router.policy.Retries;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The form of retries. */
final class RetriesForm {

    /** What {@code retries: off} means. */
    static final Retries NO_RETRIES = new Retries(0, Set.of(), Retries.Methods.IDEMPOTENT, 20, null, false);

    private static final Key<Retries, Integer> MAX = Key.optional("max", Numbers.integer(0, 100), Retries::max)
            .or(Retries.DEFAULT.max())
            .doc("Further attempts after the first");
    private static final Key<Retries, Set<Retries.On>> ON = Key.optional(
                    "on", Words.some(Retries.On.values(), Retries.On::word), Retries::on)
            .or(Retries.DEFAULT.on())
            .doc("Failures that are retried");
    private static final Key<Retries, Retries.Methods> METHODS = Key.optional(
                    "methods", Words.one(Retries.Methods.values(), EnumWord::of), Retries::methods)
            .or(Retries.DEFAULT.methods());
    private static final Key<Retries, Integer> BUDGET = Key.optional("budget", Types.PERCENT, Retries::budget)
            .or(Retries.DEFAULT.budget())
            .doc("Retries at most, as a share of active requests");
    private static final Key<Retries, Duration> PER_TRY = Key.optional(
                    "perTryTimeout", Types.DURATION.orOff(null), Retries::perTryTimeout)
            .absent("`off`")
            .doc("Bound on one attempt");
    private static final Key<Retries, Boolean> CROSS_LANE = Key.optional("crossLane", Types.BOOLEAN, Retries::crossLane)
            .or(Retries.DEFAULT.crossLane())
            .doc("Whether a retry may leave the served lane along the fallback chain");

    static final Form<Retries> RETRIES =
            Form.of("Retries", "", RetriesForm::retries, List.of(MAX, ON, METHODS, BUDGET, PER_TRY, CROSS_LANE));

    private RetriesForm() {}

    private static Retries retries(Read<Retries> read) {
        return new Retries(
                read.of(MAX),
                read.of(ON),
                read.of(METHODS),
                read.of(BUDGET),
                read.orNull(PER_TRY),
                read.of(CROSS_LANE));
    }
}
