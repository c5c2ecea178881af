package io.laneway.cli.run;

import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.source.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Table sources of one kind that a distribution may lack. Found by {@link java.util.ServiceLoader}; has a public
 * constructor without parameters that loads no library of its kind.
 */
public interface TableSources {

    /** Whether the table is of this kind. */
    boolean serves(TableConfig table);

    /**
     * The source of such a table, null if the table is of another kind.
     *
     * @throws IllegalArgumentException if its settings are wrong
     */
    @Nullable
    TableSource open(TableConfig table);

    /**
     * Looks at the settings of such a table, and at the files that they name; connects to nothing.
     *
     * @param document of the gateway's configuration
     * @throws IllegalArgumentException if a setting is wrong
     */
    void check(TableConfig table, Node document, Problems problems);
}
