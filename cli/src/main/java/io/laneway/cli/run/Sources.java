package io.laneway.cli.run;

import io.laneway.gateway.config.TableConfig;
import io.laneway.router.source.TableSource;

/** Table sources that come from modules the gateway does not know. Stateless. */
public final class Sources {

    private Sources() {}

    /** The source of a table that is neither a file nor the control API's. */
    @SuppressWarnings("DoNotCallSuggester") // none of them is wired yet
    public static TableSource of(TableConfig table) {
        throw new IllegalArgumentException("table: " + table + " (expected: control or file)");
    }
}
