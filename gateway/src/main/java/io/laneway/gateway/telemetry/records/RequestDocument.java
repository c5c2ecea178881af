package io.laneway.gateway.telemetry.records;

import io.laneway.gateway.runtime.record.FailedAttempts;
import io.laneway.gateway.telemetry.accesslog.JsonLine;
import io.laneway.gateway.telemetry.tap.RecordView;
import io.laneway.router.decision.Assigned;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a remembered request: its line of the access log, and behind that what the line has no room for
 * (docs/reference/admin.md#a-past-decision). Confined to one thread.
 */
final class RequestDocument {

    private final DecisionNow now;
    private final JsonLine json = new JsonLine();
    private final Slice slice = new Slice();

    RequestDocument(DecisionNow now) {
        this.now = now;
    }

    String of(RecordView record) {
        StringBuilder text = new StringBuilder(json.of(record));
        text.setLength(text.length() - 1);
        JsonText more = new JsonText(text);
        more.member("trace_id", orNull(record.traceId()));
        more.member("parent_id", orNull(record.parentId()));
        more.member("hop", record.hop());
        more.member("origin", record.origin().word());
        record.carrier(slice);
        more.member("carrier", orNull(slice.toString()));
        more.member(
                "assigned",
                record.assigned() == Assigned.NO ? null : record.assigned().word());
        record.tenant(slice);
        more.member("tenant", orNull(slice.toString()));
        more.member("attempts", attempts(record));
        more.member("now", now.of(record));
        return text.append('}').toString();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Those that failed, and the one by which the exchange ended. */
    private static List<Map<String, @Nullable Object>> attempts(RecordView record) {
        List<Map<String, @Nullable Object>> attempts = new ArrayList<>();
        FailedAttempts failed = record.failedAttempts();
        for (int i = 0; i < failed.count(); i++) {
            attempts.add(
                    attempt(failed.upstream(i), failed.status(i), failed.flag(i).word(), failed.afterNanos(i)));
        }
        if (record.attempts() > failed.count()) {
            attempts.add(
                    attempt(record.upstream(), record.status(), record.flag().word(), record.durationNanos()));
        }
        return attempts;
    }

    private static Map<String, @Nullable Object> attempt(String upstream, int status, String flag, long nanos) {
        Map<String, @Nullable Object> attempt = new LinkedHashMap<>();
        attempt.put("upstream_host", upstream);
        attempt.put("response_code", status);
        attempt.put("response_flags", flag);
        attempt.put("ended_after", TimeUnit.NANOSECONDS.toMillis(nanos));
        return attempt;
    }
}
