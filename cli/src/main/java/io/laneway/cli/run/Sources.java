package io.laneway.cli.run;

import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.source.TableSource;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Table sources that come from modules the gateway does not know, as far as this distribution has them. Stateless. */
public final class Sources {

    private Sources() {}

    /**
     * The source of a table that is neither a file nor the control API's.
     *
     * @throws StartFailure             if its settings are wrong
     * @throws IllegalArgumentException if this distribution lacks it
     */
    public static TableSource of(TableConfig table) {
        for (TableSources sources : ServiceLoader.load(TableSources.class)) {
            try {
                TableSource source = sources.open(table);
                if (source != null) {
                    return source;
                }
            } catch (IllegalArgumentException e) {
                throw new StartFailure("table." + key(table), e);
            }
        }
        throw new IllegalArgumentException("table: " + table + " (expected: kafka or kubernetes)");
    }

    /** Adds what is wrong with the settings of a table's source, as far as they say it without the source. */
    public static void check(TableConfig table, Node document, Problems problems) {
        String kind = key(table);
        if (kind == null) {
            return;
        }
        for (TableSources sources : ServiceLoader.load(TableSources.class)) {
            if (sources.serves(table)) {
                try {
                    sources.check(table, document, problems);
                } catch (IllegalArgumentException e) {
                    SourceSettings.refused(e, kind, document, problems);
                }
            }
        }
    }

    /** The key of a table whose source this distribution lacks, such as {@code kafka}; null if it has it. */
    public static @Nullable String missing(TableConfig table) {
        String key = key(table);
        return key == null
                        || ServiceLoader.load(TableSources.class).stream()
                                .anyMatch(sources -> sources.get().serves(table))
                ? null
                : key;
    }

    private static @Nullable String key(TableConfig table) {
        if (table instanceof TableConfig.Kafka) {
            return "kafka";
        }
        return table instanceof TableConfig.Kubernetes ? "kubernetes" : null;
    }
}
