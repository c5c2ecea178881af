package io.laneway.replay.send;

import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.text.Glob;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Requests that change nothing although their method may: a team says so of calls of gRPC and of searches by POST.
 * Immutable.
 */
public final class SafeRequests implements Predicate<RecordedRequest> {

    private static final Pattern TEXT = Pattern.compile("([A-Z]+) (/\\S*)");

    private final List<Glob> patterns;

    private SafeRequests(List<Glob> patterns) {
        this.patterns = patterns;
    }

    /** Reads methods with paths, such as {@code POST /shop.Orders/Get*}; {@code *} is any text. */
    public static SafeRequests parse(List<String> texts) {
        return new SafeRequests(texts.stream().map(SafeRequests::pattern).toList());
    }

    private static Glob pattern(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a method and a path such as \"POST /shop.Orders/Get*\")");
        }
        return Glob.of(text);
    }

    @Override
    public boolean test(RecordedRequest request) {
        String line = request.method() + " " + request.path();
        return Methods.safe(request.method()) || patterns.stream().anyMatch(pattern -> pattern.matches(line));
    }
}
