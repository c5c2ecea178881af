package io.laneway.cli.remote;

import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML or JSON that a command is given by {@code -f}: a file, or standard input for {@code -}. Stateless. */
public final class Input {

    private Input() {}

    /**
     * The document as the JSON types of the control API's client.
     *
     * @param expected what the document should hold, for messages
     * @throws CommandFailed if it cannot be read, is not YAML, or is empty
     */
    public static Object read(String file, String expected) {
        boolean standard = file.equals("-");
        Object document = parse(standard ? "standard input" : file, standard ? standardInput() : file(file));
        if (document == null) {
            throw new CommandFailed((standard ? "standard input" : file) + ": empty (expected: " + expected + ")");
        }
        return Json.decodeValue(Json.encode(document));
    }

    private static @Nullable Object parse(String label, String text) {
        try {
            return new Load(LoadSettings.builder().setLabel(label).build()).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private static String file(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CommandFailed(file + ": cannot be read (expected: a readable file)");
        }
    }

    private static String standardInput() {
        try {
            InputStream in = System.in;
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailed("standard input: cannot be read");
        }
    }
}
