package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.FilterConfig.Failure;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link FilterConfig}. Stateless. */
final class FilterForm {

    private FilterForm() {}

    static @Nullable FilterConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String kind = fields.text("filter");
        String name = fields.filled("name", kind);
        Duration timeout = fields.duration("timeout", FilterConfig.DEFAULT_TIMEOUT);
        Failure failure = fields.word("failure", Failure.values(), ConfigForms::word, Failure.DENY);
        Duration warnAfter = fields.duration("warnAfter", FilterConfig.DEFAULT_WARN_AFTER);
        List<String> services = fields.texts("services");
        List<String> paths = fields.texts("paths");
        Map<String, Object> settings = fields.object("settings", FilterForm::settings, Map.of());
        return fields.build(() ->
                new FilterConfig(kind, name, timeout, failure, warnAfter, services, paths, settings, node.location()));
    }

    /** The directory of jars, of the top-level {@code filters}. */
    static @Nullable Path path(Path directory, Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String path = fields.text("path");
        return fields.build(() -> directory.resolve(path).normalize());
    }

    private static @Nullable Map<String, Object> settings(Node node, Problems problems) {
        if (node instanceof Mapping mapping) {
            return map(mapping);
        }
        problems.add(node, node.described(), "a mapping");
        return null;
    }

    /** What is null counts as absent. */
    private static Map<String, Object> map(Mapping mapping) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.members().forEach((key, member) -> {
            Object value = value(member);
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    private static @Nullable Object value(Node node) {
        if (node instanceof Mapping mapping) {
            return map(mapping);
        }
        if (node instanceof Sequence sequence) {
            List<Object> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                Object value = value(item);
                if (value != null) {
                    items.add(value);
                }
            }
            return items;
        }
        return scalar((Scalar) node);
    }

    private static @Nullable Object scalar(Scalar scalar) {
        String text = scalar.text();
        try {
            return switch (scalar.kind()) {
                case NULL -> null;
                case BOOLEAN -> Boolean.valueOf(text.toLowerCase(Locale.ROOT));
                case INTEGER -> Long.decode(text.replace("0o", "0"));
                case DECIMAL -> Double.valueOf(text);
                case TEXT -> text;
            };
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
