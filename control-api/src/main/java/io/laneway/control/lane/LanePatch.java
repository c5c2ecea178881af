package io.laneway.control.lane;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.model.Lane;
import io.laneway.router.unit.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A lane as a client wants it. Immutable.
 *
 * @param ttl how long it lives idle, null for the default
 */
public record LanePatch(Lane lane, @Nullable Duration ttl) {

    private static final Duration MAX_TTL = Duration.ofDays(3650);
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** Reads the body of {@code PUT /v1/lanes/{name}}: a lane, whose state and key of links are not for clients to say, and {@code ttl}. */
    public static @Nullable LanePatch read(String name, Node node, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            Fields.of(node, problems);
            return null;
        }
        Duration ttl = ttl(mapping, problems);
        Mapping rest = mapping.without("ttl", "state", "lastUsed", "idleUntil", "discovered", "linkKey", "joins");
        Lane lane = TableReader.lane(rest, name, problems);
        return lane == null ? null : new LanePatch(lane, ttl);
    }

    /** The time to live that a lane's document says, null if it says none; a time at which it ends is checked as well. */
    static @Nullable Duration ttl(Mapping lane, Problems problems) {
        Node given = lane.members().get("ttl");
        Duration ttl = given == null ? null : Values.parsed(given, Durations::parse, problems);
        if (ttl != null && given != null && (ttl.isZero() || lane.members().containsKey("expiresAt"))) {
            problems.add(given, given.described(), "a duration above 0, and no expiresAt beside it");
        } else if (ttl != null && given != null && ttl.compareTo(MAX_TTL) > 0) {
            problems.add(given, given.described(), "at most " + Durations.format(MAX_TTL));
        }
        end(lane, problems);
        return ttl;
    }

    /** A year beyond four digits is a slip, and milliseconds since 1970 cannot say every time there is. */
    private static void end(Mapping lane, Problems problems) {
        if (lane.members().get("expiresAt") instanceof Scalar given) {
            try {
                Instant end = OffsetDateTime.parse(given.text()).toInstant();
                if (end.isBefore(Instant.EPOCH) || !end.isBefore(END)) {
                    problems.add(given, given.described(), "a time from 1970 to 9999");
                }
            } catch (DateTimeParseException e) {
                return; // what is no time at all is reported where the lane is read
            }
        }
    }
}
