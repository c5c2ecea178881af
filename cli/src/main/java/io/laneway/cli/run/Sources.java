package io.laneway.cli.run;

import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.router.source.TableSource;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Table sources that come from modules the gateway does not know, as far as this distribution has them. Stateless. */
public final class Sources {

    private Sources() {}

    /**
     * The source of a table that is neither a file nor the control API's.
     *
     * @throws IllegalArgumentException if its settings are wrong, or this distribution lacks it
     */
    public static TableSource of(TableConfig table) {
        for (TableSources sources : ServiceLoader.load(TableSources.class)) {
            TableSource source = sources.open(table);
            if (source != null) {
                return source;
            }
        }
        throw new IllegalArgumentException("table: " + table + " (expected: kafka or kubernetes)");
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
