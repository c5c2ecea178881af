package io.laneway.replay.send;

import io.laneway.replay.form.RecordedRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Requests that change nothing although their method may: a team says so of calls of gRPC and of searches by POST.
 * Immutable.
 */
public final class SafeRequests implements Predicate<RecordedRequest> {

    private static final Pattern TEXT = Pattern.compile("([A-Z]+) (/\\S*)");

    private final List<Pattern> patterns;

    private SafeRequests(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Reads methods with paths, such as {@code POST /shop.Orders/Get*}; {@code *} is any text. */
    public static SafeRequests parse(List<String> texts) {
        return new SafeRequests(texts.stream().map(SafeRequests::pattern).toList());
    }

    private static Pattern pattern(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a method and a path such as \"POST /shop.Orders/Get*\")");
        }
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    @Override
    public boolean test(RecordedRequest request) {
        String line = request.method() + " " + request.path();
        return Methods.safe(request.method())
                || patterns.stream().anyMatch(pattern -> pattern.matcher(line).matches());
    }
}
