package io.laneway.control.guard;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query of a Prometheus server whose values must not be above a bound. Immutable.
 *
 * @param query in PromQL, with a scalar or an instant vector as its result
 */
public record PromQuery(String query, double max) {

    public PromQuery {
        Objects.requireNonNull(query, "query");
        if (query.isBlank()) {
            throw new IllegalArgumentException("query: '' (expected: PromQL)");
        }
    }

    static @Nullable PromQuery read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String query = fields.text("query");
        Double max = fields.optionalObject("max", PromQuery::number);
        if (!fields.has("max")) {
            fields.problem("max", "missing", "a number");
        }
        return fields.build(() -> new PromQuery(query, max == null ? 0 : max));
    }

    private static @Nullable Double number(Node node, Problems problems) {
        String text = Values.scalar(node, problems);
        try {
            double number = text == null ? 0 : Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            problems.add(node, node.described(), "a number");
            return null;
        }
        problems.add(node, node.described(), "a finite number");
        return null;
    }

    JsonObject json() {
        return new JsonObject().put("query", query).put("max", max);
    }
}
