package io.laneway.gateway.telemetry.records;

import io.laneway.gateway.telemetry.accesslog.JsonLine;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.laneway.gateway.telemetry.tap.RecordView;
import io.laneway.gateway.telemetry.tap.Tap;
import io.laneway.gateway.telemetry.tap.TapSubscription;
import java.util.concurrent.atomic.AtomicLong;

/** Tails over a tap. Safe for many threads. */
public final class TailReaders implements Tail {

    private final Tap tap;

    public TailReaders(Tap tap) {
        this.tap = tap;
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
            line = json.of(record);
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
