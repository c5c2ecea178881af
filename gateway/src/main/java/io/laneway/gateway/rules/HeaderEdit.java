package io.laneway.gateway.rules;

import io.laneway.gateway.head.HeaderLines;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.text.HeaderName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Changes to the header lines of one head, in the order remove, set, add. Immutable. */
public final class HeaderEdit {

    /** Fields that carry a message's framing and place: changing them would break it, so rules for them do nothing. */
    private static final Set<String> UNTOUCHED = Set.of(
            "connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    private final List<HeaderName> removed = new ArrayList<>();
    private final List<Line> added = new ArrayList<>();

    private record Line(HeaderName name, String value) {}

    HeaderEdit(HeaderRules.Edit edit) {
        edit.remove().stream().filter(HeaderEdit::allowed).forEach(name -> removed.add(HeaderName.of(name)));
        edit.set().forEach((name, value) -> {
            if (allowed(name)) {
                removed.add(HeaderName.of(name));
                added.add(new Line(HeaderName.of(name), value));
            }
        });
        edit.add().forEach((name, value) -> {
            if (allowed(name)) {
                added.add(new Line(HeaderName.of(name), value));
            }
        });
    }

    private static boolean allowed(String name) {
        return !UNTOUCHED.contains(name.toLowerCase(Locale.ROOT));
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
