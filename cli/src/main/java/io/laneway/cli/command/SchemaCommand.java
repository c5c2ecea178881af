package io.laneway.cli.command;

import io.laneway.cli.remote.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway schema table|gateway}: the JSON Schema of a document, for editors. */
@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema of the lane table or of the gateway configuration.",
            "Editors use it by a first line such as: # yaml-language-server: $schema=table.schema.json"
        },
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Runnable {

    /** The documents that there is a schema for. */
    enum Document {
        table("/io/laneway/router/schema/table.json"),
        gateway("/io/laneway/gateway/schema/gateway.json");

        private final String resource;

        Document(String resource) {
            this.resource = resource;
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DOCUMENT", description = "${COMPLETION-CANDIDATES}")
    private Document document;

    @Override
    public void run() {
        try (InputStream in = SchemaCommand.class.getResourceAsStream(document.resource)) {
            if (in == null) {
                throw new CommandFailed(document + ": its schema is not in this program");
            }
            spec.commandLine().getOut().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        } catch (IOException e) {
            throw new CommandFailed(document + ": cannot be read: " + e.getMessage());
        }
    }
}
