package io.laneway.cli.run;

import io.laneway.gateway.runtime.config.TableConfig;
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
}
