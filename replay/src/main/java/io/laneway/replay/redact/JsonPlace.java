package io.laneway.replay.redact;

import io.laneway.replay.json.JsonPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in a document a value is: the keys that lead to it, whether rules name it, and how records say it. A step costs the
 * same however deep it is. Confined to one thread.
 */
final class JsonPlace {

    /** What lies deeper is shown with the place of what it lies in. */
    private static final int MAX_SHOWN = 64;

    private final List<JsonPath> paths;
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder shown;

    /** One key, and what is known of the value there. */
    private static final class Step {
        private final String key;

        /** What of each path, up to this key. */
        private final long[] reached;

        /** Whether a path names the value here, or one that it lies in. */
        private final boolean named;

        /** How much is shown without the key. */
        private final int above;

        Step(String key, long[] reached, boolean named, int above) {
            this.key = key;
            this.reached = reached;
            this.named = named;
            this.above = above;
        }
    }

    JsonPlace(String document, List<JsonPath> paths) {
        this.paths = paths;
        this.shown = new StringBuilder(document).append(".$");
    }

    /** How many keys lead to the value. */
    int depth() {
        return steps.size();
    }

    /** The key of the value; empty for the document. */
    String key() {
        return steps.isEmpty() ? "" : steps.get(steps.size() - 1).key;
    }

    /** Whether a rule names the value, or one that it lies in. */
    boolean isNamed() {
        return !steps.isEmpty() && steps.get(steps.size() - 1).named;
    }

    /** The value is that of a key of the value before; an item's key is its number. */
    void enter(String key) {
        long[] reached = new long[paths.size()];
        boolean named = false;
        for (int i = 0; i < reached.length; i++) {
            JsonPath path = paths.get(i);
            long above = steps.isEmpty() ? path.start() : steps.get(steps.size() - 1).reached[i];
            reached[i] = path.below(above, key);
            named |= path.isNamed(reached[i]);
        }
        steps.add(new Step(key, reached, named, shown.length()));
        if (steps.size() <= MAX_SHOWN) {
            show(key);
        }
    }

    private void show(String key) {
        boolean item = !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
        if (item) {
            shown.append("[*]");
        } else {
            shown.append('.').append(SecretShapes.replace(key, (shape, secret) -> "*"));
        }
    }

    /** Back to the value that this one lies in; nothing at the document. */
    void leave() {
        if (!steps.isEmpty()) {
            shown.setLength(steps.remove(steps.size() - 1).above);
        }
    }

    /** As records say it. */
    @Override
    public String toString() {
        return shown.toString();
    }
}
