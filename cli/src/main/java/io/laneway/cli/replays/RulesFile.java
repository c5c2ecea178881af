package io.laneway.cli.replays;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.router.codec.replay.ReplayRulesForm;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.replay.ReplayRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads what a team says of its responses, docs/how-to/diff.md. Stateless. */
public final class RulesFile {

    private RulesFile() {}

    /** The rules of a file; every problem of it with its line is the message of a {@link CommandFailed}. */
    public static ReplayRules read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(file + ": is not there (expected: a readable file)");
        }
        Problems problems = Problems.strict();
        Node node = Documents.parse(Files.readAllBytes(file), file.toString(), problems);
        ReplayRules rules = node == null ? null : ReplayRulesForm.FORM.read(node, problems);
        if (!problems.isEmpty()) {
            throw new CommandFailed(
                    problems.list().stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
        return rules == null ? ReplayRules.NONE : rules;
    }
}
