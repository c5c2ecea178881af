package io.laneway.control.edit;

import io.laneway.control.table.Refusal;
import io.laneway.router.source.TableRefused;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How an edit ended, for those to whom a refusal is no error. Immutable. */
public sealed interface EditOutcome {

    /** It was made, or in a dry run could be. */
    record Made(EditResult result) implements EditOutcome {
        @Override
        public EditResult orElseThrow() {
            return result;
        }
    }

    /** The table cannot take it as it is now. */
    record Refused(RuntimeException reason) implements EditOutcome {
        @Override
        public EditResult orElseThrow() {
            throw reason;
        }
    }

    /** The store failed: whether it could be made is not known. */
    record Failed(RuntimeException error) implements EditOutcome {
        @Override
        public EditResult orElseThrow() {
            throw error;
        }
    }

    /** The result; where there is none, throws the reason as the API says it. */
    EditResult orElseThrow();

    /** Reads how an edit ended. */
    static EditOutcome of(@Nullable EditResult result, @Nullable Throwable failure) {
        if (result != null) {
            return new Made(result);
        }
        RuntimeException error = failure instanceof RuntimeException known ? known : new CompletionException(failure);
        return error instanceof Refusal || error instanceof TableRefused ? new Refused(error) : new Failed(error);
    }
}
