package io.laneway.control.plan;

import io.laneway.control.edit.EditResult;
import io.laneway.control.table.Refusal;
import io.laneway.router.source.TableRefused;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What became of an edit that a plan wanted. Immutable. */
sealed interface PlanEdit {

    /** It was made, or in a dry run could be. */
    record Made(EditResult result) implements PlanEdit {
        @Override
        public EditResult orElseThrow() {
            return result;
        }
    }

    /** The table cannot take it as it is now. */
    record Refused(RuntimeException reason) implements PlanEdit {
        @Override
        public EditResult orElseThrow() {
            throw reason;
        }
    }

    /** The store failed: whether it could be made is not known. */
    record Failed(RuntimeException error) implements PlanEdit {
        @Override
        public EditResult orElseThrow() {
            throw error;
        }
    }

    /** The result; where there is none, throws the reason as the API says it. */
    EditResult orElseThrow();

    /** Reads how an edit ended. */
    static PlanEdit of(@Nullable EditResult result, @Nullable Throwable failure) {
        if (result != null) {
            return new Made(result);
        }
        RuntimeException error = failure instanceof RuntimeException known ? known : new CompletionException(failure);
        return error instanceof Refusal || error instanceof TableRefused ? new Refused(error) : new Failed(error);
    }
}
