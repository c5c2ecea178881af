package io.laneway.router.document.tree;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value in a document, with its location. Immutable. */
public sealed interface Node permits Scalar, Sequence, Mapping {

    /** Where it is written. */
    Location location();

    /** What is written there, for messages, such as {@code the number 5} or {@code a list}. */
    String described();

    /** The node at a path below this one such as {@code lanes[2].name}, or the nearest one around it that exists. */
    default Node nearest(String path) {
        Node node = this;
        Matcher steps = Pattern.compile("\\[(\\d{1,9})]|([^.\\[]+)").matcher(path);
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
