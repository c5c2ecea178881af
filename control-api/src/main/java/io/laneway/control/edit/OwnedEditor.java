package io.laneway.control.edit;

import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.table.Refusal;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableEditor;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The editor for other modules: their objects belong to them, and the REST API may only read them. */
public final class OwnedEditor implements TableEditor {

    private final Editor editor;

    public OwnedEditor(Editor editor) {
        this.editor = editor;
    }

    @Override
    public LaneTable current() {
        return editor.state().table();
    }

    @Override
    public LaneTable published() {
        return editor.state().publishedTable();
    }

    @Override
    public CompletionStage<Long> apply(String owner, String why, List<TableChange> changes) {
        if (owner.isBlank()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("owner: '' (expected: such as crd:ns/name)"));
        }
        Author author = new Author(owner, "control-api", why);
        EditCall call = EditCall.plain(author, owner, "apply", owner, now -> now.with(changes));
        return editor.submit(call).thenApply(EditResult::revision).exceptionally(OwnedEditor::refused);
    }

    private static Long refused(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof Refusal refusal) {
            throw new TableRefused(
                    refusal.problems().isEmpty() ? List.of(Problem.at("", refusal.detail(), "")) : refusal.problems());
        }
        throw new CompletionException(cause);
    }
}
