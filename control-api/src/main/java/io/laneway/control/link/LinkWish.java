package io.laneway.control.link;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.link.LinkAddress;
import io.laneway.router.unit.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A link as a client wants it. Immutable.
 *
 * @param ttl     how long it holds
 * @param address the page that it leads to; null for none
 */
public record LinkWish(Duration ttl, @Nullable LinkAddress address) {

    private static final Duration USUAL = Duration.ofHours(2);
    private static final Duration MOST = Duration.ofDays(30);

    public LinkWish {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "ttl: " + Durations.format(ttl) + " (expected: from 1s to " + Durations.format(MOST) + ")");
        }
    }

    /** Reads the body of {@code POST /v1/lanes/{lane}/links}. */
    public static @Nullable LinkWish read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Duration ttl = fields.duration("ttl", USUAL);
        LinkAddress address =
                fields.optionalObject("url", (given, wrong) -> Values.parsed(given, LinkAddress::parse, wrong));
        return fields.build(() -> new LinkWish(ttl, address));
    }
}
