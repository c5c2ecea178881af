package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.TransparentConfig.Direction;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The document forms of how a listener's requests come by lanes: {@code lanes}, {@code entry} and {@code memory}. Stateless. */
final class LaneForms {

    private LaneForms() {}

    static @Nullable EntryConfig entry(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        boolean cookie = fields.bool("cookie", false);
        Duration maxAge = fields.optionalDuration("maxAge");
        String domain = fields.optionalText("domain");
        boolean partitioned = fields.bool("partitioned", false);
        boolean badge = fields.bool("badge", false);
        return fields.build(() -> new EntryConfig(cookie, maxAge, domain, partitioned, badge));
    }

    /** {@code true}, {@code false} or {@code signed}. */
    static @Nullable CarrierRule carriers(Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.BOOLEAN) {
            return Boolean.parseBoolean(scalar.text()) ? CarrierRule.ALL : CarrierRule.NONE;
        }
        if (node instanceof Scalar scalar && scalar.text().equals("signed")) {
            return CarrierRule.SIGNED;
        }
        problems.add(node, node.described(), "true, false or signed");
        return null;
    }

    /** Of internal listeners it is on unless it says {@code off}, of others off unless it is there. */
    static MemoryConfig memory(Fields listener, Trust trust) {
        MemoryConfig usual = trust == Trust.INTERNAL ? MemoryConfig.DEFAULT : MemoryConfig.OFF;
        return listener.isOff("memory") ? MemoryConfig.OFF : listener.object("memory", LaneForms::memory, usual);
    }

    static @Nullable TransparentConfig transparent(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        if (!fields.has("direction")) {
            fields.problem("direction", "missing", "inbound or outbound");
        }
        Direction direction = fields.word("direction", Direction.values(), ConfigForms::word, Direction.OUTBOUND);
        Duration detect = fields.duration("detect", TransparentConfig.DETECT);
        Duration idle = fields.duration("idle", TransparentConfig.IDLE);
        return fields.build(() -> new TransparentConfig(direction, detect, idle));
    }

    private static @Nullable MemoryConfig memory(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int entries = fields.integer("entries", 1, MemoryConfig.MOST, MemoryConfig.DEFAULT.entries());
        Duration lasts = fields.duration("for", MemoryConfig.DEFAULT.lasts());
        return fields.build(() -> new MemoryConfig(entries, lasts));
    }
}
