package io.laneway.gateway.telemetry.records;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Explanation;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.Slice;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides once more for a remembered request, by the table in force and from what is remembered of it: host, path, the
 * lane that it asked for, its tenant and its id. Other headers and cookies are not remembered, so that its service is
 * looked for again only if the table is another one. Safe for many threads.
 */
public final class DecisionNow {

    private final Supplier<? extends @Nullable CompiledTable<?, ?>> table;
    private final Function<String, @Nullable ListenerTraits> listeners;

    /**
     * By that table.
     *
     * @param listeners what of a listener matters, by its name; null for one that there is not any more
     */
    public DecisionNow(
            Supplier<? extends @Nullable CompiledTable<?, ?>> table,
            Function<String, @Nullable ListenerTraits> listeners) {
        this.table = table;
        this.listeners = listeners;
    }

    /** The decision in the form of an explanation if it is another one than that which was made, else null. */
    @Nullable
    Map<String, @Nullable Object> of(ExchangeRecord record) {
        CompiledTable<?, ?> now = table.get();
        ListenerTraits traits = listeners.apply(record.listener());
        Reason reason = record.reason();
        if (now == null || traits == null || reason == null || reason == Reason.LOOP) {
            return null;
        }
        Explanation explanation = explain(now, traits, record);
        return same(explanation, record) ? null : explanation.toMap();
    }

    private static Explanation explain(CompiledTable<?, ?> table, ListenerTraits traits, ExchangeRecord record) {
        String tenant = tenant(record);
        RequestDraft draft = draft(record);
        String asked = asked(record, traits);
        boolean found = !record.service().equals(ExchangeRecord.NO_SERVICE);
        if (found && table.revision() == record.tableRevision()) {
            return Explanation.of(table, traits.withService(ServiceId.parse(record.service())), draft, asked, tenant);
        }
        return Explanation.of(table, traits, draft, asked, tenant);
    }

    private static @Nullable String tenant(ExchangeRecord record) {
        Slice tenant = new Slice();
        record.tenant(tenant);
        return tenant.length() == 0 ? null : tenant.toString();
    }

    /** The lane to be asked for beside what the draft carries. */
    private static @Nullable String asked(ExchangeRecord record, ListenerTraits traits) {
        return switch (record.origin()) {
            case HEADER, QUERY, COOKIE, BAGGAGE, HOST, ROUTE -> requested(record);
            case STAMP, MEMORY -> traits.internal() ? null : requested(record);
            case NONE, LISTENER, TENANT, REQUEST, QUESTION -> null;
        };
    }

    private static RequestDraft draft(ExchangeRecord record) {
        Slice slice = new Slice();
        record.method(slice);
        String method = slice.toString();
        record.authority(slice);
        String authority = slice.toString();
        record.path(slice);
        RequestDraft draft = new RequestDraft(method, authority, originForm(slice.toString()));
        record.requestId(slice);
        draft.header("x-request-id", slice.toString());
        if (record.origin() == Origin.STAMP || record.origin() == Origin.MEMORY) {
            draft.header("trace-branch", requested(record));
            if (record.assigned() != Assigned.NO) {
                draft.header("x-laneway-assigned", record.assigned().word());
            }
        }
        return draft;
    }

    /** Requests to proxies name scheme and host as well (RFC 9112 section 3.2.2). */
    private static String originForm(String target) {
        int host = target.startsWith("/") ? -1 : target.indexOf("://");
        int path = host < 0 ? -1 : target.indexOf('/', host + 3);
        return host < 0 ? target : path < 0 ? "/" : target.substring(path);
    }

    private static String requested(ExchangeRecord record) {
        String known = record.requestedLane();
        if (known != null) {
            return known;
        }
        Slice slug = new Slice();
        record.requestedText(slug);
        return slug.toString();
    }

    private static boolean same(Explanation now, ExchangeRecord then) {
        String service = now.service() == null ? ExchangeRecord.NO_SERVICE : now.service();
        String served = now.served() == null ? "" : now.served();
        String requested = now.requested() == null ? "" : now.requested();
        return service.equals(then.service())
                && served.equals(then.lane())
                && requested.equals(requested(then))
                && Objects.equals(now.reason(), then.reason());
    }
}
