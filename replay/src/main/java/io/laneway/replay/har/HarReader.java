package io.laneway.replay.har;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.json.JsonObject;
import io.laneway.replay.json.JsonTree;
import io.laneway.replay.json.UnexpectedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HTTP Archive 1.2, one entry in memory at a time. An archive that is wrong is an {@link IOException} that says
 * which line and entry, and what was expected. Confined to one thread.
 */
public final class HarReader implements AutoCloseable {

    private final String file;
    private final InputStream in;
    private final JsonParser parser;
    private int entries;
    private long line = 1;

    private HarReader(Path path) throws IOException {
        this.file = path.toString();
        this.in = Files.newInputStream(path);
        this.parser = JsonTree.parser(in);
    }

    /** Opens the file and reads up to its first entry. */
    public static HarReader open(Path path) throws IOException {
        HarReader reader = new HarReader(path);
        try {
            reader.enter("log");
            reader.enter("entries");
            return reader;
        } catch (JsonProcessingException e) {
            reader.close();
            throw reader.wrong("no JSON", "an HTTP Archive 1.2");
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Leaves out what comes before the member of that name in the object that comes next. */
    private void enter(String name) throws IOException {
        JsonToken token = parser.currentToken() == null ? parser.nextToken() : parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                line = parser.currentTokenLocation().getLineNr();
                if (found && (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY)) {
                    return;
                }
                parser.skipChildren();
            }
        }
        throw wrong("no " + name, "an HTTP Archive 1.2: {\"log\":{\"entries\":[...]}}");
    }

    /** The line where the last entry begins. */
    public long line() {
        return line;
    }

    /** The next request, null at the end. */
    public @Nullable RecordedExchange next() throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            line = parser.currentTokenLocation().getLineNr();
            JsonObject entry = JsonObject.of("entries[" + entries + "]", JsonTree.value(parser));
            entries++;
            return HarEntry.read(entry, entries);
        } catch (JsonProcessingException e) {
            line = e.getLocation() == null ? line : e.getLocation().getLineNr();
            throw wrong("no JSON", "an HTTP Archive 1.2");
        } catch (UnexpectedJson e) {
            throw wrong(e.what(), e.expected());
        }
    }

    private IOException wrong(String what, String expected) {
        return new IOException(file + ":" + line + ": " + what + " (expected: " + expected + ")");
    }

    @Override
    public void close() throws IOException {
        parser.close();
        in.close();
    }
}
