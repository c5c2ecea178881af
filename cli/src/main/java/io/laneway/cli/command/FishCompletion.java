package io.laneway.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script of the fish shell, which picocli does not make. Confined to one thread. */
final class FishCompletion {

    private final StringBuilder script = new StringBuilder("complete -c laneway -f\n");

    private FishCompletion() {}

    /** A line for each command and each option, offered where the words before are those of its command. */
    static String script(CommandLine root) {
        FishCompletion completion = new FishCompletion();
        completion.add(root, new ArrayList<>());
        return completion.script.toString();
    }

    private void add(CommandLine command, List<String> words) {
        String here = condition(command, words);
        command.getSubcommands()
                .forEach((name, sub) -> line(
                        here,
                        "-a " + name,
                        first(sub.getCommandSpec().usageMessage().description())));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                line(here, names(option), first(option.description()));
            }
        }
        command.getSubcommands().forEach((name, sub) -> {
            List<String> deeper = new ArrayList<>(words);
            deeper.add(name);
            add(sub, deeper);
        });
    }

    /** True while the words of this command are there and none of a command below it. */
    private static String condition(CommandLine command, List<String> words) {
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append(text.isEmpty() ? "" : "; and ")
                .append("__fish_seen_subcommand_from ")
                .append(word));
        if (!command.getSubcommands().isEmpty()) {
            text.append(text.isEmpty() ? "" : "; and ")
                    .append("not __fish_seen_subcommand_from ")
                    .append(String.join(" ", command.getSubcommands().keySet()));
        }
        return text.toString();
    }

    private static String names(OptionSpec option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(text.isEmpty() ? "" : " ").append(name.startsWith("--") ? "-l " : "-s ");
            text.append(name.replaceFirst("^--?", ""));
        }
        return text + (option.arity().max() > 0 && option.arity().min() > 0 ? " -r" : "");
    }

    private static String first(String... description) {
        String text = description.length == 0 ? "" : description[0];
        return text.replace("%%", "%").replaceAll("\\$\\{[^}]*}", "").replace("'", "\\'");
    }

    private void line(String condition, String what, String description) {
        script.append("complete -c laneway -n '").append(condition).append("' ").append(what);
        script.append(" -d '").append(description).append("'\n");
    }
}
