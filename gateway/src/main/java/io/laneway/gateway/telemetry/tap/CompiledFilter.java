package io.laneway.gateway.telemetry.tap;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import org.jspecify.annotations.Nullable;

/** A filter in the form in which records are held against it: the cheapest conditions first. Confined to one thread. */
final class CompiledFilter {

    private final boolean all;
    private final RecordFilter filter;
    private final String slug;
    private final Slice slice = new Slice();

    CompiledFilter(RecordFilter filter) {
        this.all = filter.equals(RecordFilter.ALL);
        this.filter = filter;
        this.slug = filter.lane() == null ? "" : Slug.of(filter.lane());
    }

    boolean matches(ExchangeRecord record) {
        return all || (status(record.status()) && reason(record.reason()) && share(record) && names(record));
    }

    private boolean status(int status) {
        if (filter.statuses().isEmpty()) {
            return true;
        }
        for (RecordFilter.StatusRange range : filter.statuses()) {
            if (status >= range.from() && status <= range.to()) {
                return true;
            }
        }
        return false;
    }

    private boolean reason(@Nullable Reason reason) {
        return filter.decisions().isEmpty()
                || (reason != null && filter.decisions().contains(reason));
    }

    /** By the id alone, so that each gateway takes the same requests. */
    private boolean share(ExchangeRecord record) {
        int slots = filter.share().slots();
        if (slots == Share.SLOTS) {
            return true;
        }
        record.requestId(slice);
        int hash = PackedId.hash(slice.array(), slice.offset(), slice.length());
        return Integer.remainderUnsigned(hash, Share.SLOTS) < slots;
    }

    private boolean names(ExchangeRecord record) {
        String service = filter.service();
        if (service != null && !service.equals(record.service())) {
            return false;
        }
        String tenant = filter.tenant();
        if (tenant != null) {
            record.tenant(slice);
            if (!tenant.equals(slice.toString())) {
                return false;
            }
        }
        return filter.lane() == null || isLane(record.lane()) || isLane(requested(record));
    }

    private String requested(ExchangeRecord record) {
        String known = record.requestedLane();
        if (known == null) {
            record.requestedText(slice);
            return slice.toString();
        }
        return known;
    }

    private boolean isLane(String name) {
        return !name.isEmpty() && (name.equals(filter.lane()) || name.equals(slug));
    }
}
