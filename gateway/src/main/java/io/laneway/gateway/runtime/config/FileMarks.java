package io.laneway.gateway.runtime.config;

import io.laneway.router.access.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out whether any of some files changed since it was last asked, by their content, so that exchanges of symbolic
 * links (as of a mounted secret) and copies that keep their time are seen too. Confined to one thread at a time.
 */
public final class FileMarks {

    private final Map<Path, Integer> marks = new LinkedHashMap<>();

    private FileMarks() {}

    /** Marks of files as they are now; files that are missing count as empty. */
    public static FileMarks of(List<Path> files) {
        FileMarks marks = new FileMarks();
        files.forEach(file -> marks.marks.put(file, mark(file)));
        return marks;
    }

    /** Whether one of them differs from when this was made or last asked. */
    public boolean changed() {
        boolean changed = false;
        for (Map.Entry<Path, Integer> each : marks.entrySet()) {
            int now = mark(each.getKey());
            changed |= now != each.setValue(now);
        }
        return changed;
    }

    private static int mark(Path file) {
        try {
            return Arrays.hashCode(RegularFile.bytes(file));
        } catch (IOException e) {
            return 0;
        }
    }
}
