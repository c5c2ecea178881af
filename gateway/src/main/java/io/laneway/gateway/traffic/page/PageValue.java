package io.laneway.gateway.traffic.page;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value that a page may show, under the name that it has in a problem document. */
enum PageValue {
    STATUS("status"),
    TITLE("title"),
    DETAIL("detail"),
    SERVICE("service"),
    LANE("lane"),
    REASON("reason"),
    REQUEST_ID("requestId"),
    FLAG("flag");

    static final String NAMES = Arrays.stream(values()).map(each -> each.name).collect(Collectors.joining(", "));

    private final String name;

    PageValue(String name) {
        this.name = name;
    }

    static @Nullable PageValue named(String name) {
        for (PageValue each : values()) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        return null;
    }

    String of(LocalProblem problem) {
        return switch (this) {
            case STATUS -> Integer.toString(problem.status());
            case TITLE -> problem.title();
            case DETAIL -> problem.detail();
            case SERVICE -> problem.service();
            case LANE -> problem.lane();
            case REASON -> problem.reason();
            case REQUEST_ID -> problem.requestId();
            case FLAG -> problem.flag();
        };
    }
}
