package io.laneway.cli.control;

import io.laneway.control.store.database.StoreConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Where the store of the control API is. */
final class StoreOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "directory of the embedded store (default: ${DEFAULT-VALUE})",
            defaultValue = "laneway-control")
    private Path data;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description =
                    "a PostgreSQL database instead, such as jdbc:postgresql://db:5432/laneway; user and password from"
                            + " LANEWAY_DB_USER and LANEWAY_DB_PASSWORD",
            defaultValue = "${env:LANEWAY_DB_URL}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String postgres;

    /** Whether the command line names a store; one that the environment names does not count. */
    boolean said(CommandSpec command) {
        ParseResult words = command.commandLine().getParseResult();
        return words.hasMatchedOption("--data") || words.hasMatchedOption("--postgres");
    }

    StoreConfig config() {
        return postgres == null || postgres.isEmpty()
                ? new StoreConfig.Sqlite(data)
                : new StoreConfig.Postgres(postgres, variable("LANEWAY_DB_USER"), variable("LANEWAY_DB_PASSWORD"));
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }
}
