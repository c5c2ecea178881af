package io.laneway.control.gateways;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Requests that another lane served than the one requested. Immutable.
 *
 * @param unready the requested lane had no usable endpoint
 * @param absent  it has no such service
 */
public record Fallbacks(long unready, long absent) {

    static @Nullable Fallbacks read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        long unready = fields.number("unready", 0, Long.MAX_VALUE, 0);
        long absent = fields.number("absent", 0, Long.MAX_VALUE, 0);
        return fields.build(() -> new Fallbacks(unready, absent));
    }

    JsonObject json() {
        return new JsonObject().put("unready", unready).put("absent", absent);
    }
}
