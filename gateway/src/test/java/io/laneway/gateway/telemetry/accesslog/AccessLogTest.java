package io.laneway.gateway.telemetry.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.AccessLogConfig;
import io.laneway.gateway.runtime.config.AccessLogConfig.Format;
import io.laneway.gateway.runtime.config.AccessLogConfig.Target;
import io.laneway.gateway.runtime.record.FakeExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

    @TempDir
    Path dir;

    @Test
    void writesLinesToAFileWithinASecondAndTheRestWhenClosed() throws Exception {
        Path file = dir.resolve("access.log");
        AccessLog log = AccessLog.start(new AccessLogConfig(Format.TEXT, Target.FILE, file));
        LoopLog loop = log.loop();
        loop.finished(new FakeExchange());
        await().until(() -> Files.exists(file) && Files.readAllLines(file).size() == 1);

        loop.finished(new FakeExchange());
        log.close();

        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.endsWith("decision=lane"));
        assertThat(log.dropped()).isZero();
    }

    @Test
    void makesTheFileAgainWhenItWasMovedAway() throws Exception {
        Path file = dir.resolve("access.log");
        try (AccessLog log = AccessLog.start(new AccessLogConfig(Format.TEXT, Target.FILE, file))) {
            LoopLog loop = log.loop();
            loop.finished(new FakeExchange());
            await().until(() -> Files.exists(file) && Files.size(file) > 0);
            Files.move(file, dir.resolve("access.log.1"));

            loop.finished(new FakeExchange());

            await().until(() -> Files.exists(file) && Files.readAllLines(file).size() == 1);
        }
    }

    @Test
    void dropsAndCountsLinesWhileTheDestinationStandsStill() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        WritableByteChannel channel = Channels.newChannel(written);
        AccessLog log = AccessLog.start(TextFormat::new, new Destination() {
            @Override
            public WritableByteChannel channel() {
                awaitUninterruptibly(released);
                return channel;
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
        LoopLog loop = log.loop();
        for (int i = 0; i < 5_000; i++) {
            loop.finished(new FakeExchange());
        }
        long dropped = log.dropped();
        released.countDown();
        log.close();

        assertThat(dropped).isPositive();
        long lines = written.toString(StandardCharsets.US_ASCII).lines().count();
        assertThat(lines + dropped).isEqualTo(5_000);
    }

    @Test
    void aLineOfWhichAFullDiskTookAPartIsEndedBeforeAnyOther() throws Exception {
        AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
        ByteArrayOutputStream disk = new ByteArrayOutputStream();
        WritableByteChannel channel = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) throws IOException {
                int taken = Math.min(room.get(), from.remaining());
                if (taken == 0) {
                    throw new IOException("No space left on device");
                }
                byte[] part = new byte[taken];
                from.get(part);
                disk.write(part, 0, taken);
                room.addAndGet(-taken);
                return taken;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // it stays
            }
        };
        try (AccessLog log = AccessLog.start(TextFormat::new, to(channel))) {
            LoopLog one = log.loop();
            LoopLog two = log.loop();
            one.finished(new FakeExchange());
            await().until(() -> disk.size() > 0);
            int line = disk.size();
            room.set(10);
            two.finished(new FakeExchange());
            await().until(() -> disk.size() == line + 10);
            one.finished(new FakeExchange());
            room.set(Integer.MAX_VALUE);
            await().until(() -> disk.size() == 3 * line);
        }
        assertThat(disk.toString(StandardCharsets.US_ASCII).lines())
                .hasSize(3)
                .allMatch(line -> line.endsWith("decision=lane"));
    }

    private static Destination to(WritableByteChannel channel) {
        return new Destination() {
            @Override
            public WritableByteChannel channel() {
                return channel;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    @Test
    void aRingGivesBackEveryByteInOrder() throws Exception {
        Ring ring = new Ring(64);
        Random random = new Random(3);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WritableByteChannel channel = Channels.newChannel(out);
        for (int i = 0; i < 10_000; i++) {
            byte[] line = new byte[random.nextInt(40)];
            random.nextBytes(line);
            if (ring.put(line, line.length) >= 0) {
                in.write(line);
            } else {
                ring.drain(channel);
            }
        }
        ring.drain(channel);

        assertThat(out.toByteArray()).isEqualTo(in.toByteArray());
    }

    @Test
    void aFullRingIsWrittenInPiecesWithNothingLost() throws Exception {
        Ring ring = new Ring(1 << 18);
        byte[] line = new byte[100];
        int lines = 0;
        while (ring.put(line, line.length) >= 0) {
            lines++;
        }
        List<Integer> pieces = new ArrayList<>();
        int written = ring.drain(new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) {
                int taken = from.remaining();
                pieces.add(taken);
                from.position(from.limit());
                return taken;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is open
            }
        });

        assertThat(written).isEqualTo(lines * line.length);
        assertThat(pieces).hasSizeGreaterThan(7).allMatch(piece -> piece > 0 && piece <= 32 * 1024);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
