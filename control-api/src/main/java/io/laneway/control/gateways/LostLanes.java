package io.laneway.control.gateways;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a service's application that came without the lane that it had, as one gateway counted them since it started.
 * Immutable.
 *
 * @param lost     by their trace
 * @param restored those of them that got it back
 * @param unknown  of which it cannot be told
 */
public record LostLanes(String service, long lost, long restored, long unknown) {

    static @Nullable LostLanes read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String service = fields.text("service");
        long lost = fields.number("lost", 0, Long.MAX_VALUE, 0);
        long restored = fields.number("restored", 0, Long.MAX_VALUE, 0);
        long unknown = fields.number("unknown", 0, Long.MAX_VALUE, 0);
        return fields.build(() -> new LostLanes(service, lost, restored, unknown));
    }

    JsonObject json() {
        return new JsonObject()
                .put("service", service)
                .put("lost", lost)
                .put("restored", restored)
                .put("unknown", unknown);
    }

    LostLanes plus(LostLanes other) {
        return new LostLanes(service, lost + other.lost, restored + other.restored, unknown + other.unknown);
    }
}
