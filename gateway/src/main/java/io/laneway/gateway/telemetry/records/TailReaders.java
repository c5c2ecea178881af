package io.laneway.gateway.telemetry.records;

import io.laneway.gateway.telemetry.accesslog.JsonLine;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.laneway.gateway.telemetry.tap.RecordView;
import io.laneway.gateway.telemetry.tap.Tap;
import io.laneway.gateway.telemetry.tap.TapSubscription;
import io.laneway.router.text.Slice;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tails over a tap. Those for the control API also have the {@code tenant} that the decision looked at, null for none, so
 * that it can hide the name from those who may not know it. Safe for many threads.
 */
public final class TailReaders implements Tail {

    private final Tap tap;
    private final boolean tenants;

    private TailReaders(Tap tap, boolean tenants) {
        this.tap = tap;
        this.tenants = tenants;
    }

    /** With the fields of the access log. */
    public static TailReaders plain(Tap tap) {
        return new TailReaders(tap, false);
    }

    /** With the fields of the access log and the tenant. */
    public static TailReaders withTenants(Tap tap) {
        return new TailReaders(tap, true);
    }

    @Override
    public Open open(RecordFilter filter, Reader reader) {
        OpenTail open = new OpenTail(filter, reader);
        tap.subscribe(open);
        return open;
    }

    /** One tail: makes lines of records on the tap's thread. */
    private final class OpenTail implements TapSubscription, Open {

        private final RecordFilter filter;
        private final Reader reader;
        private final JsonLine json = new JsonLine();
        private final Slice tenant = new Slice();
        private final AtomicLong dropped = new AtomicLong();
        private String line = "";

        private OpenTail(RecordFilter filter, Reader reader) {
            this.filter = filter;
            this.reader = reader;
        }

        @Override
        public String listener() {
            return Tap.TAIL;
        }

        @Override
        public RecordFilter filter() {
            return filter;
        }

        @Override
        public void read(RecordView record) {
            line = tenants ? withTenant(record) : json.of(record);
        }

        private String withTenant(RecordView record) {
            StringBuilder text = new StringBuilder(json.of(record));
            text.setLength(text.length() - 1);
            record.tenant(tenant);
            new JsonText(text).member("tenant", tenant.length() == 0 ? null : tenant.toString());
            return text.append('}').toString();
        }

        @Override
        public boolean confirmed() {
            return reader.take(line);
        }

        @Override
        public void dropped(long records) {
            dropped.addAndGet(records);
        }

        @Override
        public long dropped() {
            return dropped.get();
        }

        @Override
        public void close() {
            tap.unsubscribe(this);
        }
    }
}
