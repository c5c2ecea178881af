package io.laneway.replay.value;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedResponse;
import java.util.IdentityHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What responses gave by rules, for one client or for all, on one side. Confined to one thread. */
public final class TakenValues {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z-]{1,40}");

    /** What one rule took. */
    private static final class Taken {
        final Words words = new Words();
        String newest = "";
    }

    private final IdentityHashMap<ValueRule, Taken> byRule = new IdentityHashMap<>();

    /** Takes what a response gives by a rule. */
    void take(ValueRule rule, RecordedExchange recorded, @Nullable RecordedResponse replayed) {
        String now = replayed == null ? null : rule.take().of(replayed);
        if (now == null || now.isEmpty()) {
            return;
        }
        Taken taken = byRule.computeIfAbsent(rule, r -> new Taken());
        taken.newest = now;
        String before = recorded.response() == null ? null : rule.take().of(recorded.response());
        if (before != null && !before.isEmpty()) {
            taken.words.put(before, now);
        }
    }

    /** What a rule puts where a recorded value is; null to keep that. */
    @Nullable
    String swap(ValueRule rule, String recorded) {
        Taken taken = byRule.get(rule);
        if (taken == null) {
            return null;
        }
        String swapped = taken.words.swapped(recorded);
        return swapped != null || !rule.always() ? swapped : scheme(recorded) + taken.newest;
    }

    /** Of {@code Bearer abc} what stays in front. */
    private static String scheme(String recorded) {
        int blank = recorded.indexOf(' ');
        boolean scheme =
                blank > 0 && SCHEME.matcher(recorded.substring(0, blank)).matches();
        return scheme ? recorded.substring(0, blank + 1) : "";
    }
}
