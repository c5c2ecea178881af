package io.laneway.gateway.traffic.filter;

import io.laneway.filter.FilterResult.Proceed;
import io.laneway.filter.FilterResult.Respond;
import io.laneway.filter.Header;
import io.laneway.filter.HeaderChanges;
import io.laneway.filter.HeaderChanges.Way;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.ReservedHeaders;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.router.text.HeaderName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What filters change on heads, all of it or nothing. Stateless. */
final class HeadEdit {

    private static final HeaderName CONTENT_TYPE = HeaderName.of("content-type");

    private HeadEdit() {}

    /**
     * Changes a request.
     *
     * @throws IllegalArgumentException if a change is not a filter's; the head is as it was then
     */
    static void apply(Proceed result, RequestHead head) {
        require(result.changes(), ReservedHeaders::mayBeSet);
        String target = result.target();
        if (target != null && head.method() == Method.CONNECT) {
            throw new IllegalArgumentException("target: of a CONNECT (expected: none)");
        }
        removeTwins(result.changes(), head.lines());
        change(result.changes(), head.lines());
        if (target != null) {
            head.replaceTarget(target);
        }
    }

    /** An application may take a client's line for one that is set or removed here, if it differs in underscores alone. */
    private static void removeTwins(HeaderChanges changes, HeaderLines lines) {
        List<String> names = new ArrayList<>();
        for (HeaderChanges.Change change : changes.list()) {
            if (change.way() != Way.ADD) {
                names.add(change.name());
            }
        }
        if (!names.isEmpty()) {
            HeaderEdit.removing(names).removeTwins(lines);
        }
    }

    /**
     * Changes a response.
     *
     * @throws IllegalArgumentException if a change is not a filter's; the lines are as they were then
     */
    static void apply(HeaderChanges changes, HeaderLines lines) {
        require(changes, ReservedHeaders::mayRespond);
        change(changes, lines);
    }

    /** @throws IllegalArgumentException if a line of the response is not a filter's */
    static void require(Respond response) {
        for (Header line : response.headers()) {
            require(line.name(), ReservedHeaders::mayRespond);
        }
    }

    /** Adds the lines of a response, on a head that may describe a body of the gateway's own. */
    static void add(Respond response, HeaderLines lines) {
        boolean described = lines.find(CONTENT_TYPE, 0) >= 0;
        for (Header line : response.headers()) {
            HeaderName name = HeaderName.of(line.name());
            if (!described || !name.toString().equals(CONTENT_TYPE.toString())) {
                lines.add(name, line.value());
            }
        }
    }

    private static void require(HeaderChanges changes, Predicate<String> allowed) {
        for (HeaderChanges.Change change : changes.list()) {
            require(change.name(), allowed);
        }
    }

    private static void require(String name, Predicate<String> allowed) {
        if (!allowed.test(name)) {
            throw new IllegalArgumentException(name + ": changed (expected: a field that is not the gateway's own)");
        }
    }

    private static void change(HeaderChanges changes, HeaderLines lines) {
        for (HeaderChanges.Change change : changes.list()) {
            HeaderName name = HeaderName.of(change.name());
            if (change.way() != Way.ADD) {
                lines.remove(name);
            }
            if (change.way() != Way.REMOVE) {
                lines.add(name, change.value());
            }
        }
    }
}
