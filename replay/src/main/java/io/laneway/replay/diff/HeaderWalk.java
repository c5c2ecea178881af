package io.laneway.replay.diff;

import io.laneway.replay.diff.json.JsonWalk;
import io.laneway.replay.diff.json.Triple;
import io.laneway.replay.diff.place.CurrentRequest;
import io.laneway.replay.diff.place.PlaceNode;
import io.laneway.replay.form.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares headers or trailers by name, cookies that are set by theirs and by attribute. Stateless. */
final class HeaderWalk {

    /** What says how a message is framed on one connection (RFC 9110, 7.6.1), and the length, which the body says. */
    private static final Set<String> FRAMING =
            Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "proxy-connection", "upgrade");

    /** What a gateway says of its own decision, which is another for a lane than for base. */
    private static final String DECISION = "x-laneway-";

    /** How long a gateway waited: a first request that is slow would be a difference of the side that it went to. */
    private static final String WAITED = "x-envoy-upstream-service-time";

    private HeaderWalk() {}

    static void walk(PlaceNode at, List<Field> base, List<Field> again, List<Field> lane, CurrentRequest request) {
        JsonWalk.walk(at, new Triple(tree(base), tree(again), tree(lane)), request);
    }

    private static Map<String, Object> tree(List<Field> fields) {
        Map<String, Object> tree = new TreeMap<>();
        for (Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                cookie(tree, field.value());
            } else if (!FRAMING.contains(name) && !name.startsWith(DECISION) && !name.equals(WAITED)) {
                tree.merge(name, field.value(), (one, more) -> one + ", " + more);
            }
        }
        return tree;
    }

    private static void cookie(Map<String, Object> tree, String value) {
        String[] parts = value.split(";", -1);
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("value", after(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            attributes.put(before(parts[i]).toLowerCase(Locale.ROOT), after(parts[i]));
        }
        tree.put("set-cookie[" + before(parts[0]) + "]", attributes);
    }

    private static String before(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).strip();
    }

    private static String after(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(equals + 1).strip();
    }
}
