package io.laneway.cli.table;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.Input;
import io.laneway.router.codec.TableForms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The parts of a table that {@code -f} names: a file, standard input, or all files of a directory, as one table. */
final class Parts {

    private static final Set<String> ENDINGS = Set.of(".yaml", ".yml", ".json");
    private static final JsonArray NONE = new JsonArray();
    private static final List<String> KEYS = keys();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|DIR",
            required = true,
            description = "YAML or JSON, - for standard input; of a directory every .yaml, .yml and .json below it")
    private String source;

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(TableForms.keys());
        keys.add("delete");
        return List.copyOf(keys);
    }

    private static boolean isPart(String name) {
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private void note(String text) {
        spec.commandLine().getErr().println(text);
    }

    /** The parts as one table. */
    JsonObject table() {
        JsonObject whole = new JsonObject();
        for (String file : files()) {
            if (!(Input.read(file, "a part of a table") instanceof JsonObject part)) {
                throw new CommandFailed(file + ": no mapping (expected: keys of a table, such as lanes)");
            }
            known(file, part);
            part.forEach(member -> add(whole, file, member));
        }
        return whole;
    }

    private static void known(String file, JsonObject part) {
        for (String key : part.fieldNames()) {
            if (!KEYS.contains(key)) {
                throw new CommandFailed(
                        file + ": " + key + ": unknown key (expected: one of " + String.join(", ", KEYS) + ")");
            }
        }
    }

    private static void add(JsonObject whole, String file, Map.Entry<String, Object> member) {
        String key = member.getKey();
        if (member.getValue() instanceof JsonArray more && whole.getValue(key, NONE) instanceof JsonArray before) {
            whole.put(key, new JsonArray().addAll(before).addAll(more));
        } else if (whole.containsKey(key) && !whole.getValue(key).equals(member.getValue())) {
            throw new CommandFailed(file + ": " + key + ": another value than in a file before (expected: one)");
        } else {
            whole.put(key, member.getValue());
        }
    }

    private List<String> files() {
        if (source.equals("-") || !Files.isDirectory(Path.of(source))) {
            return List.of(source);
        }
        try (Stream<Path> below = Files.walk(Path.of(source))) {
            List<String> all = below.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            List<String> files = all.stream().filter(Parts::isPart).toList();
            all.stream()
                    .filter(name -> !isPart(name))
                    .forEach(name -> note(name + ": left out (expected: .yaml, .yml or .json)"));
            if (files.isEmpty()) {
                throw new CommandFailed(source + ": no file (expected: .yaml, .yml or .json below it)");
            }
            return files;
        } catch (IOException e) {
            throw new CommandFailed(source + ": cannot be read: " + e.getMessage());
        }
    }
}
