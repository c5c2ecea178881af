package io.laneway.gateway.traffic.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that is no page. */
public final class PageFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final String what;
    private final String expected;

    PageFailure(String what, String expected, @Nullable Throwable cause) {
        super(what + " (expected: " + expected + ")", cause);
        this.what = what;
        this.expected = expected;
    }

    /** Several as one. */
    static PageFailure all(List<PageFailure> failures) {
        PageFailure last = failures.get(failures.size() - 1);
        List<String> before = failures.subList(0, failures.size() - 1).stream()
                .map(PageFailure::getMessage)
                .toList();
        return before.isEmpty()
                ? last
                : new PageFailure(String.join("; ", before) + "; " + last.what, last.expected, last);
    }

    /** The file, and what is wrong with it. */
    public String what() {
        return what;
    }

    /** What it should be. */
    public String expected() {
        return expected;
    }
}
