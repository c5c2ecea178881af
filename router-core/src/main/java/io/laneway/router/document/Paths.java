package io.laneway.router.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows paths such as {@code services[3].hosts[0]} from a node. */
final class Paths {

    private static final Pattern STEP = Pattern.compile("\\[(\\d{1,9})]|([^.\\[]+)");

    private Paths() {}

    static Node nearest(Node root, String path) {
        Node node = root;
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            Node next = step(node, steps.group(1), steps.group(2));
            if (next == null) {
                return node;
            }
            node = next;
        }
        return node;
    }

    private static @Nullable Node step(Node node, @Nullable String index, @Nullable String key) {
        if (index != null && node instanceof Sequence list) {
            int i = Integer.parseInt(index);
            return i < list.items().size() ? list.items().get(i) : null;
        }
        return key != null && node instanceof Mapping mapping
                ? mapping.members().get(key)
                : null;
    }
}
