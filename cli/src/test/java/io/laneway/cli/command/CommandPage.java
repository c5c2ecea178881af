package io.laneway.cli.command;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.Remote;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes docs/reference/cli.md from the commands as they are. Confined to one thread. */
final class CommandPage {

    private static final int WIDTH = 116;

    private final StringBuilder page = new StringBuilder();
    private final Set<String> ofCalls = names(new CommandLine(new Calls()).getCommandSpec());
    private final Set<String> ofChanges = names(new CommandLine(new Changes()).getCommandSpec());

    /** What all commands that call the control API share. */
    @Command
    @SuppressWarnings("UnusedVariable") // the parser reads it
    static final class Calls {
        @Mixin
        @SuppressWarnings("unused") // picocli reads its options
        private Remote remote;
    }

    /** What all commands that change something share besides. */
    @Command
    @SuppressWarnings("UnusedVariable") // the parser reads it
    static final class Changes {
        @Mixin
        @SuppressWarnings("unused") // picocli reads its options
        private Change change;
    }

    /** The whole page. */
    static String of(CommandLine root) {
        CommandPage page = new CommandPage();
        page.begin();
        page.shared();
        root.getSubcommands().values().stream()
                .sorted(Comparator.comparing(CommandLine::getCommandName))
                .forEach(page::command);
        return page.page.toString();
    }

    private void begin() {
        page.append("""
                # Command line

                Every command, as `./laneway COMMAND --help` has it. This page is written by the build from the commands
                themselves (`./mvnw -pl cli test -Dtest=CommandPageTest -Dlaneway.docs.write=true`); how to use them daily:
                [use the command line](../how-to/use-the-command-line.md).

                Exit codes: 0 done, 1 failed (or a difference, or an aborted plan), 2 wrong usage.
                """);
    }

    private void shared() {
        page.append("\n## Options of calls\n\nOf every command that calls the control API, below as *calls*.\n\n");
        options(new CommandLine(new Calls()).getCommandSpec(), Set.of());
        page.append("\n## Options of changes\n\nOf every command that changes something, below as *changes*.\n\n");
        options(new CommandLine(new Changes()).getCommandSpec(), ofCalls);
    }

    private void command(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        page.append("\n## ").append(spec.qualifiedName()).append("\n\n");
        fold(String.join(" ", spec.usageMessage().description()));
        page.append("\n```\n").append(synopsis(line)).append("\n```\n");
        Set<String> names = names(spec);
        boolean changes = names.containsAll(ofChanges);
        boolean calls = names.containsAll(ofCalls);
        Set<String> known = changes ? ofChanges : calls ? ofCalls : Set.of();
        if (!spec.positionalParameters().isEmpty() || own(spec, known).findAny().isPresent()) {
            page.append('\n');
            options(spec, known);
        }
        if (changes) {
            page.append("\nAnd the options of [calls](#options-of-calls) and [changes](#options-of-changes).\n");
        } else if (calls) {
            page.append("\nAnd the [options of calls](#options-of-calls).\n");
        }
        Set<CommandLine> verbs = new LinkedHashSet<>(line.getSubcommands().values());
        verbs.forEach(this::command);
    }

    private void fold(String text) {
        int width = 0;
        for (String word : plain(text.formatted()).split("\\s+")) {
            boolean fits = width + word.length() < WIDTH;
            page.append(width == 0 ? "" : fits ? " " : "\n").append(word);
            width = fits ? width + 1 + word.length() : word.length();
        }
        page.append('\n');
    }

    private static String synopsis(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        String positional = spec.positionalParameters().stream()
                .filter(each -> !each.hidden())
                .map(each -> " " + each.paramLabel() + (each.arity().isVariable() ? "…" : ""))
                .collect(Collectors.joining());
        return spec.qualifiedName()
                + (line.getSubcommands().isEmpty() ? "" : " VERB")
                + (spec.optionsMap().size() > 4 ? " [OPTIONS]" : "")
                + positional;
    }

    private static Set<String> names(CommandSpec spec) {
        return spec.options().stream().map(OptionSpec::longestName).collect(Collectors.toSet());
    }

    private static Stream<OptionSpec> own(CommandSpec spec, Set<String> known) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .filter(option -> !known.contains(option.longestName()))
                .sorted(Comparator.comparing(OptionSpec::longestName));
    }

    private void options(CommandSpec spec, Set<String> known) {
        page.append("| | | default |\n|---|---|---|\n");
        for (PositionalParamSpec each : spec.positionalParameters()) {
            row("`" + each.paramLabel() + "`", each);
        }
        own(spec, known).forEach(option -> row(label(option), option));
    }

    private static String label(OptionSpec option) {
        boolean flag = option.arity().max() == 0;
        String value =
                flag ? "" : option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : " " + option.paramLabel();
        return List.of(option.names()).stream()
                .map(name -> "`" + name + value + "`")
                .collect(Collectors.joining(", "));
    }

    private void row(String name, ArgSpec argument) {
        String text = Stream.of(argument.description()).map(CommandPage::plain).collect(Collectors.joining(" "));
        String fallback = Objects.requireNonNullElse(argument.defaultValue(), "");
        boolean said = fallback.isEmpty() || fallback.equals("false") || text.contains("(default: ");
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(argument.required() ? text + " (required)" : text)
                .append(" | ")
                .append(said ? "" : "`" + fallback + "`")
                .append(" |\n");
    }

    private static String plain(String text) {
        return Ansi.OFF.string(text).replace("|", "\\|").replace("<", "&lt;");
    }
}
