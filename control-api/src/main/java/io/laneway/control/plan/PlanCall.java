package io.laneway.control.plan;

import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.edit.IfMatch;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a call that moves a plan says beside the move itself. Immutable.
 *
 * @param ifMatch what the plan's tag must be, null for any
 * @param dryRun  says what would change, and changes nothing
 * @param once    under which name the call is done only once; null for none
 * @param lanes   refuses lanes whose plans the client may not move; asked of the plan that is moved, under the lock
 */
public record PlanCall(
        Author author,
        @Nullable IfMatch ifMatch,
        boolean dryRun,
        @Nullable Once once,
        Consumer<String> lanes) {

    /** One that may move the plans of every lane. */
    public PlanCall(Author author, @Nullable IfMatch ifMatch, boolean dryRun, @Nullable Once once) {
        this(author, ifMatch, dryRun, once, lane -> {});
    }

    public PlanCall {
        Objects.requireNonNull(lanes, "lanes");
        Objects.requireNonNull(author, "author");
    }

    static PlanCall itself(String why) {
        return new PlanCall(Author.itself(why), null, false, null);
    }

    /** Looks whether something could be done. */
    static PlanCall rehearsal() {
        return new PlanCall(Author.itself(""), null, true, null);
    }

    /** The same with a reason beside its own; the lanes were checked before. */
    PlanCall because(String why) {
        String both = author.why().isEmpty() ? why : author.why() + "; " + why;
        return new PlanCall(new Author(author.who(), author.origin(), both), ifMatch, dryRun, once);
    }

    /** Who and why, for people. */
    String signed(String what) {
        return what + " by " + author.who() + (author.why().isEmpty() ? "" : ": " + author.why());
    }
}
