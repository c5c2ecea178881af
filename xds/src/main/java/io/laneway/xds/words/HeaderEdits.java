package io.laneway.xds.words;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.HeaderRules.Edit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Several edits of one head as the single one that an Envoy makes: it removes, then overwrites, then adds, so that what a later
 * edit removes or sets is taken out of those before. Confined to one thread.
 */
public final class HeaderEdits {

    private record Line(String name, String value) {}

    private final Set<String> remove = new LinkedHashSet<>();
    private final Map<String, String> set = new TreeMap<>();
    private final List<Line> add = new ArrayList<>();

    /** These edits, one after the other. */
    public static HeaderEdits of(List<Edit> edits) {
        HeaderEdits all = new HeaderEdits();
        edits.forEach(all::then);
        return all;
    }

    private void then(Edit edit) {
        for (String name : edit.remove()) {
            if (isAllowed(name)) {
                forget(lower(name));
                remove.add(lower(name));
            }
        }
        new TreeMap<>(edit.set()).forEach((name, value) -> {
            if (isAllowed(name)) {
                forget(lower(name));
                set.put(lower(name), value);
            }
        });
        new TreeMap<>(edit.add()).forEach((name, value) -> {
            if (isAllowed(name)) {
                add.add(new Line(lower(name), value));
            }
        });
    }

    /** An Envoy refuses its routes as a whole for edits of some fields that a gateway leaves alone. */
    private static boolean isAllowed(String name) {
        return !name.startsWith(":") && HeaderRules.mayEdit(name);
    }

    private void forget(String name) {
        set.remove(name);
        add.removeIf(line -> line.name().equals(name));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    public List<String> removed() {
        return List.copyOf(remove);
    }

    /** Values in order; a percent sign stands for itself. */
    public List<HeaderValueOption> added() {
        List<HeaderValueOption> all = new ArrayList<>();
        set.forEach((name, value) -> all.add(set(name, Substitution.plain(value))));
        add.forEach(line -> all.add(
                option(line.name(), Substitution.plain(line.value()), HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)));
        return all;
    }

    /** A header that is overwritten with what a format makes. */
    public static HeaderValueOption set(String name, String format) {
        return option(name, format, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
    }

    private static HeaderValueOption option(String name, String format, HeaderAppendAction action) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(format))
                .setAppendAction(action)
                .build();
    }
}
