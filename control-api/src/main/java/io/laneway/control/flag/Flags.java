package io.laneway.control.flag;

import io.laneway.control.edit.Editor;
import io.laneway.control.table.TableObjects;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.Assignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The flags that the shifts of the table make. Safe for many threads. */
final class Flags {

    private static final String POINT = ".";

    private final Editor editor;
    private final Map<String, Assignment> compiled = new ConcurrentHashMap<>();

    Flags(Editor editor) {
        this.editor = editor;
    }

    private TableObjects table() {
        return editor.state().published();
    }

    String base() {
        return table().base();
    }

    /** The flag of a key, null if there is none: a shift's name first, then one with an environment behind it. */
    @Nullable
    Flag find(String key) {
        Shift exact = table().shift(key);
        if (exact != null) {
            return new Flag(key, assignment(exact), null);
        }
        return all().stream()
                .filter(flag -> flag.environment() != null && flag.key().equalsIgnoreCase(key))
                .findFirst()
                .map(flag -> new Flag(key, flag.assignment(), flag.environment()))
                .orElse(null);
    }

    /** Every flag, by shift. */
    List<Flag> all() {
        List<Flag> flags = new ArrayList<>();
        table().shifts().values().stream()
                .sorted(Comparator.comparing(Shift::name))
                .forEach(shift -> {
                    Assignment assignment = assignment(shift);
                    flags.add(new Flag(shift.name(), assignment, null));
                    for (Environment environment : shift.environments()) {
                        String key = shift.name() + POINT + environment.lane();
                        flags.add(new Flag(key, assignment, environment.lane()));
                    }
                });
        return flags;
    }

    /** Compiled once for each change of a shift. */
    @SuppressWarnings("ReferenceEquality") // another instance is compiled again, which is right and seldom
    private Assignment assignment(Shift shift) {
        return compiled.compute(
                shift.name(), (name, old) -> old != null && old.shift() == shift ? old : new Assignment(shift));
    }
}
