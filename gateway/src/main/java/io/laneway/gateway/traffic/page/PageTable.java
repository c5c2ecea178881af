package io.laneway.gateway.traffic.page;

import io.laneway.gateway.runtime.config.ErrorPagesConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages in force, by service and status. Immutable. */
final class PageTable {

    private static final int FIRST = 400;
    private static final int STATUSES = 200;

    private final @Nullable PageTemplate[] common;
    private final Map<String, @Nullable PageTemplate[]> services = new HashMap<>();

    private PageTable(ErrorPagesConfig config, Map<Path, PageTemplate> templates) {
        common = row(config.common(), templates, new PageTemplate[STATUSES]);
        config.services().forEach((name, files) -> services.put(name, row(files, templates, common)));
    }

    /**
     * Reads all files.
     *
     * @throws PageFailure if some are missing or no templates, with all of them in its message
     */
    static PageTable read(ErrorPagesConfig config) throws PageFailure {
        Map<Path, PageTemplate> templates = new HashMap<>();
        List<PageFailure> failures = new ArrayList<>();
        for (Path file : config.files()) {
            try {
                templates.put(file, PageTemplate.read(file));
            } catch (PageFailure e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw PageFailure.all(failures);
        }
        return new PageTable(config, templates);
    }

    /** The status itself goes before its class, and either before what there is otherwise. */
    private static @Nullable PageTemplate[] row(
            Map<String, Path> files, Map<Path, PageTemplate> templates, @Nullable PageTemplate[] otherwise) {
        @Nullable PageTemplate[] row = otherwise.clone();
        for (int i = 0; i < STATUSES; i++) {
            String status = Integer.toString(FIRST + i);
            Path file = files.get(status);
            if (file == null) {
                file = files.get(status.charAt(0) + "xx");
            }
            if (file != null) {
                row[i] = templates.get(file);
            }
        }
        return row;
    }

    @Nullable
    PageTemplate of(String service, int status) {
        int at = status - FIRST;
        return at < 0 || at >= STATUSES ? null : services.getOrDefault(service, common)[at];
    }
}
