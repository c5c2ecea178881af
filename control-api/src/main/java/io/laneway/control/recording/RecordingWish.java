package io.laneway.control.recording;

import io.laneway.control.table.Refusal;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.unit.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recording as a client wants it: how long from now on, or until when. When it begins is not for clients to say.
 * Immutable.
 *
 * @param wanted with an end that says nothing where it lasts for a time
 * @param lasts  from now on; null where {@code wanted} has its end
 */
public record RecordingWish(Recording wanted, @Nullable Duration lasts) {

    private static final String UNTIL = "until";
    private static final String LATE = "9999-12-31T23:59:59Z";
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Reads the body of {@code PUT /v1/recordings/{name}}; what is read of a recording can be put back. */
    public static @Nullable RecordingWish read(String name, Node node, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            Fields.of(node, problems);
            return null;
        }
        Map<String, Node> members = new LinkedHashMap<>(
                mapping.without("from", "state", "counts", "gateways").members());
        Duration lasts = null;
        if (members.get(UNTIL) instanceof Scalar until && !isTime(until.text())) {
            lasts = duration(until, problems);
            members.put(UNTIL, new Scalar(until.location(), Scalar.Kind.TEXT, LATE, true));
        }
        Recording wanted = TableReader.recording(new Mapping(mapping.location(), members), name, problems);
        return wanted == null ? null : new RecordingWish(wanted, lasts);
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static @Nullable Duration duration(Scalar until, Problems problems) {
        try {
            Duration lasts = Durations.parse(until.text());
            if (lasts.compareTo(SHORTEST) >= 0) {
                return lasts;
            }
        } catch (IllegalArgumentException e) {
            // said below, with what else it may be
        }
        problems.add(
                until,
                until.described(),
                "a duration such as 15m or 1h, at least 1s, or a time such as 2026-12-01T00:00:00Z");
        return null;
    }

    /** The recording that is kept: one that runs has begun already, another begins now. */
    public Recording at(Instant now, @Nullable Recording old) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        Instant begun = old == null || RecordingState.of(old, now) != RecordingState.RUNNING ? null : old.from();
        Instant from = begun == null ? second : begun;
        Instant until = lasts == null ? wanted.until() : second.plus(lasts);
        if (!until.isAfter(now)) {
            Problem problem = Problem.at(UNTIL, until.toString(), "a time to come");
            throw new Refusal(Refusal.Kind.UNSOUND, problem.toString(), List.of(problem));
        }
        return wanted.during(from, until);
    }
}
