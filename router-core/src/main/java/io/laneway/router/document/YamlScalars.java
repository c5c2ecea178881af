package io.laneway.router.document;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import java.util.Set;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Gives YAML scalars their types by the core schema (YAML 1.2.2 section 10.3). Safe for many threads. */
final class YamlScalars {

    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();
    private static final String STR = Tag.STR.getValue();
    private static final Set<String> TEXT_TAGS = Set.of(STR, "!");

    private YamlScalars() {}

    static Node of(ScalarEvent event, Location location, Problems problems) {
        String tag = event.getTag().orElse("");
        if (!tag.isEmpty() && !TEXT_TAGS.contains(tag)) {
            problems.add(location, "the tag " + tag, "no tag");
        }
        if (!event.isPlain() || !tag.isEmpty()) {
            return new Scalar(location, Scalar.Kind.TEXT, event.getValue(), true);
        }
        return plain(event.getValue(), location);
    }

    /** A scalar without quotes. */
    static Scalar plain(String text, Location location) {
        Tag tag = RESOLVER.resolve(text, true);
        return new Scalar(location, kind(tag), text, false);
    }

    private static Scalar.Kind kind(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Scalar.Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Scalar.Kind.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Scalar.Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Scalar.Kind.NULL : Scalar.Kind.TEXT;
    }
}
