package io.laneway.gateway.traffic.filter;

import io.laneway.filter.Filter;
import io.laneway.filter.FilterFactory;
import io.laneway.filter.FilterSettings;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.FilterConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Filters of kind {@code given}, which tests put here. */
public final class GivenFilters implements FilterFactory {

    private static final Map<String, Filter> FILTERS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBER = new AtomicLong();

    /** The key under which the filter is found. */
    public static String add(Filter filter) {
        String key = "k" + NUMBER.incrementAndGet();
        FILTERS.put(key, filter);
        return key;
    }

    /**
     * As it is read of a configuration.
     *
     * @param keys that its entry has beside {@code filter} and {@code settings}, such as {@code name: f1}
     */
    public static FilterConfig config(String keys, Filter filter) {
        String yaml = "table: {file: lanes.yaml}\nlisteners: [{name: edge, address: \":8080\", filters: [{filter: given"
                + (keys.isEmpty() ? "" : ", " + keys) + ", settings: {key: " + add(filter) + "}}]}]\n";
        return ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8), Path.of("/etc/laneway/laneway.yaml"), Map.of())
                .orThrow()
                .listeners()
                .get(0)
                .filters()
                .get(0);
    }

    @Override
    public String kind() {
        return "given";
    }

    @Override
    public Filter create(FilterSettings settings) {
        Filter filter = FILTERS.get(settings.text("key"));
        if (filter == null) {
            throw new IllegalArgumentException("key: '" + settings.text("key") + "' (expected: one that a test gave)");
        }
        return filter;
    }
}
