package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Changes to the header lines of one head, in the order remove, set, add. Immutable. */
public final class HeaderEdit {

    private final List<HeaderName> removed = new ArrayList<>();
    private final List<Line> added = new ArrayList<>();
    private final List<byte[]> twins = new ArrayList<>();

    private record Line(HeaderName name, String value) {}

    HeaderEdit(HeaderRules.Edit edit) {
        edit.remove().stream().filter(HeaderRules::mayEdit).forEach(name -> removed.add(HeaderName.of(name)));
        edit.set().forEach((name, value) -> {
            if (HeaderRules.mayEdit(name)) {
                removed.add(HeaderName.of(name));
                added.add(new Line(HeaderName.of(name), value));
            }
        });
        edit.add().forEach((name, value) -> {
            if (HeaderRules.mayEdit(name)) {
                added.add(new Line(HeaderName.of(name), value));
            }
        });
        removed.stream()
                .map(name -> plain(name.toString()))
                .filter(HeaderRules::mayEdit)
                .map(name -> name.getBytes(StandardCharsets.ISO_8859_1))
                .forEach(twins::add);
    }

    /** Removes all fields of these names. */
    public static HeaderEdit removing(List<String> names) {
        return new HeaderEdit(new HeaderRules.Edit(Map.of(), Map.of(), names));
    }

    /** The name with hyphens only, which is how CGI, WSGI and the like read it. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Removes lines whose names differ from those that are set or removed in hyphens and underscores alone: an application
     * that cannot tell them apart would take a stranger's line for ours. Fields that the gateway knows are not touched.
     */
    public void removeTwins(HeaderLines lines) {
        for (int line = 0; line < lines.count(); line++) {
            if (lines.field(line) == null && isTwin(lines, line)) {
                lines.remove(line);
            }
        }
    }

    private boolean isTwin(HeaderLines lines, int line) {
        for (int i = 0; i < twins.size(); i++) {
            byte[] twin = twins.get(i);
            if (twin.length == lines.nameLength(line) && spells(lines.array(), lines.nameOffset(line), twin)) {
                return true;
            }
        }
        return false;
    }

    private static boolean spells(byte[] array, int offset, byte[] plain) {
        for (int i = 0; i < plain.length; i++) {
            byte c = array[offset + i];
            if ((c == '_' ? '-' : c >= 'A' && c <= 'Z' ? c | 0x20 : c) != plain[i]) {
                return false;
            }
        }
        return true;
    }

    /** Changes a head. */
    public void apply(HeaderLines lines) {
        for (int i = 0; i < removed.size(); i++) {
            lines.remove(removed.get(i));
        }
        for (int i = 0; i < added.size(); i++) {
            Line line = added.get(i);
            lines.add(line.name(), line.value());
        }
    }
}
