package io.laneway.replay.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.replay.Records;
import io.laneway.replay.file.FileOpener;
import io.laneway.replay.file.OwnerFile;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.redact.RedactionRules;
import io.laneway.replay.redact.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderTest {

    private static final Instant BEGUN = Instant.parse("2026-11-30T01:30:00Z");
    private static final Instant UNTIL = BEGUN.plusSeconds(3_600);
    private static final int LOOPS = 4;
    private static final int EACH = 2_000;

    private final AtomicInteger released = new AtomicInteger();
    private volatile Instant now = BEGUN;

    @TempDir
    Path root;

    @Test
    void ofManyLoopsEachRequestIsKeptOrCountedAndAllBytesComeBack() throws Exception {
        Recorder recorder = recorder(OwnerFile::create, new RecorderLimits(20_000, 50_000));

        List<RecorderInlet> inlets = load(recorder);

        checkToTheRequest(recorder, inlets);
    }

    @Test
    void underLoadAFullDiskCostsRequestsOfTheRecordingAlone() throws Exception {
        Recorder recorder = recorder(new FullDisk(40_000), RecorderLimits.DEFAULT);

        List<RecorderInlet> inlets = load(recorder);

        checkToTheRequest(recorder, inlets);
        assertThat(recorder.counts().dropped(DropReason.DISK)).isPositive();
    }

    @Test
    void aDiskThatHangsIsWaitedForByNoLoop() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        FileOpener slow = file -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return OwnerFile.create(file);
        };
        Recorder recorder = recorder(slow, new RecorderLimits(1_000, 1_000));
        Thread thread = start(recorder);
        RecorderInlet inlet = recorder.inlet();

        for (int i = 0; i < 50; i++) {
            match(recorder, inlet, i);
        }
        await().until(() -> released.get() > 0);
        assertThat(recorder.counts().dropped()).isPositive();
        hanging.countDown();
        recorder.close();
        thread.join();

        checkToTheRequest(recorder, List.of(inlet));
    }

    @Test
    void aSmallHeapHoldsLess() {
        assertThat(RecorderLimits.within(64L << 20)).isEqualTo(new RecorderLimits(2L << 20, 4L << 20));
        assertThat(RecorderLimits.within(4L << 30)).isEqualTo(RecorderLimits.DEFAULT);
        assertThat(RecorderLimits.within(1)).isEqualTo(new RecorderLimits(512L << 10, 1L << 20));
    }

    @Test
    void oneLoopDoesNotTakeTheRoomOfAnother() {
        Recorder recorder = recorder(OwnerFile::create, new RecorderLimits(100, 150));
        RecorderInlet one = recorder.inlet();
        RecorderInlet other = recorder.inlet();

        assertThat(one.take(100)).isTrue();
        assertThat(one.take(1)).isFalse();
        assertThat(other.take(51)).isFalse();
        assertThat(other.take(50)).isTrue();
        one.drop(DropReason.MEMORY, 100);
        assertThat(other.take(50)).isTrue();
        assertThat(one.held()).isZero();
    }

    @Test
    void whatCannotBeRedactedIsNotWritten() throws Exception {
        Recorder recorder = recorder(OwnerFile::create, RecorderLimits.DEFAULT);
        Thread thread = start(recorder);
        RecorderInlet inlet = recorder.inlet();
        recorder.counts().match();
        inlet.finish(new Pending(0, 0) {
            @Override
            public RecordedExchange record() {
                throw new IllegalStateException("a fault");
            }
        });
        match(recorder, inlet, 1);
        recorder.close();
        thread.join();

        assertThat(recorder.counts().dropped(DropReason.FAILED)).isEqualTo(1);
        assertThat(Kept.ids(root)).containsExactly("r-1");
        assertThat(released).hasValue(2);
    }

    @Test
    void itEndsByTimeByItself() throws Exception {
        Recorder recorder = recorder(OwnerFile::create, RecorderLimits.DEFAULT);
        Thread thread = start(recorder);
        RecorderInlet inlet = recorder.inlet();
        match(recorder, inlet, 0);
        await().until(() -> released.get() == 1);
        assertThat(recorder.open()).isTrue();

        now = UNTIL;

        await().until(() -> !recorder.open());
        match(recorder, inlet, 1);
        recorder.close();
        thread.join();
        assertThat(Kept.ids(root)).as("matched before it ended").containsExactly("r-0", "r-1");
    }

    @Test
    void aRequestIsInTheFileSoonWithoutOthersBehindIt() throws Exception {
        Recorder recorder = recorder(OwnerFile::create, RecorderLimits.DEFAULT);
        Thread thread = start(recorder);
        match(recorder, recorder.inlet(), 0);

        await().atMost(Duration.ofSeconds(20)).until(() -> recorder.counts().kept() == 1);
        assertThat(Kept.ids(root)).as("while it runs").containsExactly("r-0");

        recorder.close();
        thread.join();
    }

    @Test
    void aRequestThatEndsBehindTheThreadIsReleasedAndCounted() throws Exception {
        Recorder recorder = recorder(OwnerFile::create, RecorderLimits.DEFAULT);
        Thread thread = start(recorder);
        RecorderInlet inlet = recorder.inlet();
        recorder.close();
        thread.join();

        match(recorder, inlet, 0);

        assertThat(recorder.counts().dropped(DropReason.ENDED)).isEqualTo(1);
        assertThat(released).hasValue(1);
        assertThat(inlet.held()).isZero();
    }

    @Test
    void secretsDoNotReachTheDisk() throws Exception {
        Recorder recorder = recorder(OwnerFile::create, RecorderLimits.DEFAULT);
        Thread thread = start(recorder);
        match(recorder, recorder.inlet(), 7);
        recorder.close();
        thread.join();

        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Path file : Kept.files(root)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                in.transferTo(text);
            }
        }
        assertThat(text.toString(UTF_8)).contains("lwp_").doesNotContain("s3cr3t-7");
    }

    private List<RecorderInlet> load(Recorder recorder) throws InterruptedException {
        Thread thread = start(recorder);
        List<RecorderInlet> inlets = new ArrayList<>();
        List<Thread> loops = new ArrayList<>();
        for (int loop = 0; loop < LOOPS; loop++) {
            RecorderInlet inlet = recorder.inlet();
            inlets.add(inlet);
            int from = loop * EACH;
            loops.add(new Thread(() -> {
                for (int i = from; i < from + EACH; i++) {
                    match(recorder, inlet, i);
                }
            }));
        }
        loops.forEach(Thread::start);
        for (Thread loop : loops) {
            loop.join();
        }
        recorder.close();
        thread.join();
        assertThat(recorder.counts().matched()).isEqualTo(LOOPS * EACH);
        return inlets;
    }

    private void checkToTheRequest(Recorder recorder, List<RecorderInlet> inlets) throws IOException {
        RecordingCounts counts = recorder.counts();
        assertThat(counts.kept()).isPositive();
        assertThat(counts.kept() + counts.dropped()).isEqualTo(counts.matched());
        assertThat(Kept.ids(root)).hasSize((int) counts.kept()).doesNotHaveDuplicates();
        assertThat(released.get() + counts.dropped(DropReason.MEMORY)).isEqualTo(counts.matched());
        assertThat(inlets).allSatisfy(inlet -> assertThat(inlet.held()).isZero());
    }

    private void match(Recorder recorder, RecorderInlet inlet, int number) {
        recorder.counts().match();
        if (inlet.take(100)) {
            inlet.finish(new Pending(number, 100));
        } else {
            inlet.drop(DropReason.MEMORY, 0);
        }
    }

    private Recorder recorder(FileOpener opener, RecorderLimits limits) {
        DirectoryLimits sizes = new DirectoryLimits(1L << 30, 1L << 30, 1L << 30);
        RecordingDirectory directory = new RecordingDirectory(
                root,
                new RecordingHeader("orders", "gw-1", BEGUN, true),
                sizes,
                opener,
                DiskListener.NONE,
                System::nanoTime);
        Redactor redactor = Redactor.of(RedactionRules.DEFAULT, Pseudonyms.random());
        return new Recorder(directory, redactor, limits, UNTIL, new SetClock());
    }

    private static Thread start(Recorder recorder) {
        Thread thread = new Thread(recorder, "recorder");
        thread.start();
        return thread;
    }

    private class Pending implements PendingExchange {

        private final int number;
        private final long bytes;

        Pending(int number, long bytes) {
            this.number = number;
            this.bytes = bytes;
        }

        @Override
        public RecordedExchange record() {
            Records records = Records.record().header("authorization", "Bearer s3cr3t-" + number);
            records.id = "r-" + number;
            return records.make();
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void release() {
            released.incrementAndGet();
        }
    }

    private final class SetClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
