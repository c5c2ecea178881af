package io.laneway.replay.diff;

import io.laneway.replay.diff.json.Formats;
import io.laneway.replay.form.RecordedRequest;

/**
 * Learns the endpoints of requests from their paths: a segment that is an identifier, or one of many that hardly a
 * second request has, becomes {@code {id}}. Confined to one thread.
 */
public final class Endpoints {

    private final PathTree tree = new PathTree();
    private boolean settled;

    /** Learns from a request; all of them are to be learned before the first is asked for. */
    public void learn(ComparedRequest it) {
        if (settled) {
            throw new IllegalStateException("learned after asked (expected: before)");
        }
        PathTree at = tree.learn(start(it));
        for (String segment : it.request().path().split("/")) {
            if (!segment.isEmpty()) {
                at = at.learn(step(segment));
            }
        }
    }

    /** The endpoint of a request, such as {@code orders GET /orders/{id}}. */
    public String of(ComparedRequest it) {
        if (!settled) {
            settled = true;
            tree.settleBelow();
        }
        String start = start(it);
        PathTree at = tree.find(start);
        StringBuilder path = new StringBuilder();
        for (String segment : it.request().path().split("/")) {
            if (!segment.isEmpty()) {
                String step = step(segment);
                path.append('/').append(at == null ? step : at.name(step));
                at = at == null ? null : at.find(step);
            }
        }
        return start + (path.isEmpty() ? "/" : path);
    }

    private static String step(String segment) {
        return Formats.isId(segment) ? PathTree.ID : segment;
    }

    private static String start(ComparedRequest it) {
        RecordedRequest request = it.request();
        return (it.service().isEmpty() ? "" : it.service() + " ") + request.method() + " ";
    }
}
