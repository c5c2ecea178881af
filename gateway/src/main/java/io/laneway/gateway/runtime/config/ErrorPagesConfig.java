package io.laneway.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which local replies browsers get as pages: files by status, such as {@code 404}, or by class of statuses, such as {@code
 * 5xx}. Immutable. docs/reference/configuration.md#error-pages.
 *
 * @param common   for any service, and for requests without one
 * @param services by service, before those
 */
public record ErrorPagesConfig(Map<String, Path> common, Map<String, Map<String, Path>> services) {

    /** No pages. */
    public static final ErrorPagesConfig NONE = new ErrorPagesConfig(Map.of(), Map.of());

    private static final Pattern STATUS = Pattern.compile("[45](\\d\\d|xx)");

    public ErrorPagesConfig {
        common = checked("default", common);
        Map<String, Map<String, Path>> all = new LinkedHashMap<>();
        services.forEach((name, files) -> all.put(name, checked("services: " + name, files)));
        services = Collections.unmodifiableMap(all);
    }

    private static Map<String, Path> checked(String key, Map<String, Path> files) {
        for (String status : files.keySet()) {
            if (!STATUS.matcher(status).matches()) {
                throw new IllegalArgumentException(
                        key + ": '" + status + "' (expected: a status from 400 to 599, 4xx or 5xx)");
            }
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** All files, each once. */
    public List<Path> files() {
        Set<Path> files = new LinkedHashSet<>(common.values());
        services.values().forEach(each -> files.addAll(each.values()));
        return List.copyOf(files);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return common.isEmpty() && services.isEmpty();
    }
}
