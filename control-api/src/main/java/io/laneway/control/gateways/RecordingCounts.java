package io.laneway.control.gateways;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the requests that a recording matched, as one gateway counted them since it started, or several together.
 * Immutable.
 *
 * @param open    whether it matches requests there
 * @param matched kept, dropped, and those that are not written yet
 * @param dropped by reason
 */
public record RecordingCounts(String recording, boolean open, long matched, long kept, Map<String, Long> dropped) {

    public RecordingCounts {
        dropped = Map.copyOf(dropped);
    }

    /** Nothing matched. */
    public static RecordingCounts none(String recording) {
        return new RecordingCounts(recording, false, 0, 0, Map.of());
    }

    static @Nullable RecordingCounts read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String recording = fields.text("recording");
        boolean open = fields.bool("open", false);
        long matched = fields.number("matched", 0, Long.MAX_VALUE, 0);
        long kept = fields.number("kept", 0, Long.MAX_VALUE, 0);
        Map<String, Long> dropped = fields.map("dropped", (count, p) -> Values.number(count, 0, Long.MAX_VALUE, p));
        return fields.build(() -> new RecordingCounts(recording, open, matched, kept, dropped));
    }

    /** Both together. */
    public RecordingCounts plus(RecordingCounts other) {
        Map<String, Long> reasons = new TreeMap<>(dropped);
        other.dropped.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        return new RecordingCounts(recording, open || other.open, matched + other.matched, kept + other.kept, reasons);
    }

    /** As it is reported. */
    JsonObject json() {
        return counts().put("recording", recording);
    }

    /** As the API shows it beside a name. */
    public JsonObject counts() {
        JsonObject reasons = new JsonObject();
        new TreeMap<>(dropped).forEach(reasons::put);
        return new JsonObject()
                .put("open", open)
                .put("matched", matched)
                .put("kept", kept)
                .put("dropped", reasons);
    }
}
