package io.laneway.cli.diff;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.diff.rules.Rule;
import io.laneway.replay.diff.rules.Tolerance;
import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a team says of its responses, docs/how-to/diff.md. Stateless. */
final class RulesFile {

    private static final String[] FACETS = {"", "status", "type", "size", "value", "number", "time", "format", "order"};

    private RulesFile() {}

    /** The rules of a file; every problem of it with its line is the message of a {@link CommandFailed}. */
    static DiffRules read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(file + ": is not there (expected: a readable file)");
        }
        Problems problems = Problems.strict();
        Node node = Documents.parse(Files.readAllBytes(file), file.toString(), problems);
        List<Rule> rules = node == null ? List.of() : rules(node, problems);
        if (!problems.isEmpty()) {
            throw new CommandFailed(
                    problems.list().stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
        return new DiffRules(rules);
    }

    private static List<Rule> rules(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        List<Rule> rules = new ArrayList<>(fields.list("ignore", RulesFile::ignore));
        rules.addAll(fields.list("tolerances", RulesFile::tolerance));
        fields.end();
        return rules;
    }

    private static @Nullable Rule ignore(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String endpoint = fields.has("endpoint") ? fields.text("endpoint") : "*";
        String path = fields.text("path");
        String facet = fields.word("facet", FACETS, word -> word, "");
        return fields.build(() -> Rule.of(endpoint, path, facet, true, Tolerance.NONE));
    }

    private static @Nullable Rule tolerance(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String endpoint = fields.has("endpoint") ? fields.text("endpoint") : "*";
        String path = fields.text("path");
        Duration time = fields.duration("time", Duration.ZERO);
        String number = fields.optional("number", io.laneway.router.document.fields.Values::scalar);
        double amount = number == null ? 0 : amount(fields, number);
        boolean share = number != null && number.endsWith("%");
        return fields.build(() -> Rule.of(
                endpoint,
                path,
                "",
                false,
                new Tolerance(share ? 0 : amount, share ? amount / 100 : 0, time.toNanos() / 1e6)));
    }

    private static double amount(Fields fields, String text) {
        String digits = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        if (digits.matches("\\d{1,15}(\\.\\d{1,15})?")) {
            return Double.parseDouble(digits);
        }
        fields.problem("number", "'" + text + "'", "a number such as 0.01, or a percentage such as 1%");
        return 0;
    }
}
