package io.laneway.gateway.telemetry.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.FakeExchange;
import io.laneway.gateway.telemetry.accesslog.JsonLine;
import io.laneway.router.decision.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Finished requests in the memory of the tap: whole, found, forgotten in their order, and of bounded size. */
class TapTest {

    private static final String ID = "0b2c6f62-7a4e-4a8e-9a51-1f2b5f0f6c11";

    private static List<String> lines(Tap tap, String id) {
        RecordLookup lookup = tap.lookup();
        assertThat(lookup).isNotNull();
        return lookup.byRequestId(id, new JsonLine()::of);
    }

    private static String line(ExchangeRecord exchange) {
        return new JsonLine().of(exchange);
    }

    @Test
    void aRecordIsWhatTheExchangeWas() {
        Tap tap = new Tap(1000, 1);
        LoopTap loop = tap.loop();
        FakeExchange wide = new FakeExchange().with("requestId", "wide");
        wide.nanos = 90_000_000_000_000_000L;
        FakeExchange bare = new FakeExchange()
                .lanes("", "", "", null)
                .status(0)
                .with("requestId", "")
                .with("path", "")
                .with("userAgent", "");
        bare.upstream = "";
        bare.upstreamNanos = -1;
        FakeExchange unknown = new FakeExchange()
                .lanes("order", "master", null, Reason.LANE_UNKNOWN)
                .with("requestedText", "f-9")
                .with("requestId", "ABC");
        unknown.grpcStatus = 70_000;
        FakeExchange odd = new FakeExchange()
                .with("requestId", "0B2C6F62-7A4E-4A8E-9A51-1F2B5F0F6C11")
                .with("path", "/" + "\u20ac".repeat(2000))
                .with("userAgent", new byte[] {(byte) 0xe9, 0x01, '"', '\\'});
        FakeExchange typical = new FakeExchange().with("requestId", ID);
        for (FakeExchange each : List.of(wide, bare, unknown, odd, typical)) {
            loop.finished(each);
        }
        assertThat(lines(tap, "wide")).containsExactly(line(wide));
        assertThat(lines(tap, "")).containsExactly(line(bare));
        assertThat(lines(tap, "ABC")).containsExactly(line(unknown));
        assertThat(lines(tap, "0B2C6F62-7A4E-4A8E-9A51-1F2B5F0F6C11")).containsExactly(line(odd));
        assertThat(lines(tap, ID)).containsExactly(line(typical));
        assertThat(lines(tap, ID.replace('a', 'b'))).isEmpty();
    }

    /** Of an id that is longer than what is kept of it, too. */
    @Test
    void aLongIdFindsItsRequest() {
        Tap tap = new Tap(1000, 1);
        LoopTap loop = tap.loop();
        String id = "id-".repeat(1500);
        loop.finished(new FakeExchange().with("requestId", id));
        assertThat(lines(tap, id)).hasSize(1);
        assertThat(lines(tap, "other" + id)).isEmpty();
    }

    @Test
    void remembersTheLastOnesEvenIfOneLoopHadThemAll() {
        int remembered = 5000;
        Tap tap = new Tap(remembered, 4);
        LoopTap busy = tap.loop();
        tap.loop().finished(new FakeExchange().with("requestId", "idle"));
        for (int i = 0; i < 3 * remembered; i++) {
            busy.finished(new FakeExchange().with("requestId", "r" + i).with("path", "/" + i));
        }
        for (int i = 2 * remembered; i < 3 * remembered; i++) {
            assertThat(lines(tap, "r" + i)).as("r" + i).hasSize(1);
        }
        assertThat(lines(tap, "r0")).isEmpty();
        assertThat(lines(tap, "idle")).hasSize(1);
    }

    /** Of requests as a browser sends them, each with an id, a path and a trace of its own. */
    @Test
    void aRecordTakesLessThan200Bytes() {
        int remembered = 65_536;
        SegmentPool pool = new SegmentPool(remembered, 2);
        RecordWriter[] writers = {new RecordWriter(pool), new RecordWriter(pool)};
        for (int i = 0; i < 3 * remembered; i++) {
            writers[i & 1].append(typical(i));
        }
        long held = pool.segments().stream().mapToLong(RecordSegment::count).sum();
        assertThat(held).isGreaterThanOrEqualTo(remembered);
        assertThat(pool.heapBytes()).isLessThanOrEqualTo(200L * remembered);
        assertThat((double) pool.heapBytes() / held).isLessThan(200);
    }

    /** Few requests over many loops: each loop has a segment under way, and one may hold older records than another. */
    @Test
    void smallMemoriesStaySmallOverManyLoops() {
        for (int loops : new int[] {1, 2, 8, 64}) {
            SegmentPool pool = new SegmentPool(8388, loops);
            for (int i = 0; i < loops; i++) {
                pool.join();
            }
            assertThat(pool.heapBytes()).as(loops + " loops").isLessThan(200L * 8388 + 72_000L * loops);
        }
    }

    private static ExchangeRecord typical(int i) {
        return new FakeExchange()
                .with("traceParent", String.format("00-%032x-%016x-01", i + 1L, i + 1L))
                .with("requestId", new UUID(i * 31L + 1 | 0x4000L, i | Long.MIN_VALUE).toString())
                .with("path", String.format("/api/order/%08d", i))
                .with("userAgent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/" + i % 50)
                .with("forwardedFor", "10.0.0." + i % 200);
    }

    @Test
    void whatIsReadWhileItIsWrittenAgainIsWholeOrMissing() throws Exception {
        Tap tap = new Tap(64, 1);
        LoopTap loop = tap.loop();
        AtomicLong written = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                loop.finished(new FakeExchange().with("requestId", "id-" + i).with("path", "/p-" + i));
                written.set(i);
            }
        });
        writer.start();
        int found = 0;
        try {
            await().until(() -> written.get() > 1000);
            for (int n = 0; n < 20_000; n++) {
                long i = written.get();
                List<String> lines = lines(tap, "id-" + i);
                assertThat(lines.size()).isLessThanOrEqualTo(1);
                for (String line : lines) {
                    found++;
                    assertThat(line).contains("\"path\":\"/p-" + i + "\"", "\"x_request_id\":\"id-" + i + "\"");
                }
            }
        } finally {
            over.set(true);
            writer.join();
        }
        assertThat(found).isPositive();
    }

    @Test
    void aSubscriberGetsEachRecordOnceAndHearsOfThoseThatItMissed() {
        try (Tap tap = new Tap(0, 1)) {
            LoopTap loop = tap.loop();
            Collector slow = new Collector(RecordFilter.ALL);
            Collector half = new Collector(RecordFilter.parse(Map.of("share", "50%")));
            tap.subscribe(slow);
            tap.subscribe(half);
            int sent = 200_000;
            for (int i = 0; i < sent; i++) {
                loop.finished(new FakeExchange().with("requestId", "id-" + i));
            }
            await().until(() -> slow.lines.size() + slow.dropped.get() == sent);
            assertThat(new HashSet<>(slow.lines)).hasSameSizeAs(slow.lines);
            double share = (double) half.lines.size() / slow.lines.size();
            assertThat(share).isBetween(0.45, 0.55);
            assertThat(new HashSet<>(slow.lines).containsAll(half.lines)).isTrue();
            assertThat(tap.dropped().get(Tap.TAIL)).isEqualTo(slow.dropped.get() + half.dropped.get());
        }
    }

    @Test
    void writesOnlyWhileThereIsAReader() {
        try (Tap tap = new Tap(0, 1)) {
            LoopTap loop = tap.loop();
            Collector first = new Collector(RecordFilter.ALL);
            tap.subscribe(first);
            loop.finished(new FakeExchange());
            await().until(() -> first.lines.size() == 1);
            tap.unsubscribe(first);
            await().until(() -> tap.dropped().get(Tap.REQUESTS) == 0 && !tap.isReading());
            loop.finished(new FakeExchange());

            Collector second = new Collector(RecordFilter.ALL);
            tap.subscribe(second);
            loop.finished(new FakeExchange().with("path", "/second"));
            await().until(() -> !second.lines.isEmpty());
            assertThat(new ArrayList<>(second.lines)).hasSize(1).allMatch(line -> line.contains("/second"));
            assertThat(first.lines).hasSize(1);
        }
    }

    /** Keeps what it gets. */
    private static final class Collector implements TapSubscription {
        private final RecordFilter filter;
        private final JsonLine json = new JsonLine();
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final AtomicLong dropped = new AtomicLong();
        private String line = "";

        private Collector(RecordFilter filter) {
            this.filter = filter;
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
            return lines.add(line);
        }

        @Override
        public void dropped(long records) {
            dropped.addAndGet(records);
        }
    }
}
