package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.websocket.FrameHead;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.replay.record.RecorderInlet;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one recording retains of the frames of a WebSocket. They are handed over in parts, each second or after 64 KiB, so
 * that one that lasts for hours holds little, and a gateway that is killed leaves what passed before. A frame without room
 * is missed, and counted; the others are kept. Confined to its event loop.
 */
final class SocketCopy extends TimerEntry implements FrameKeeper {

    /** Objects of a frame beside its payload, in bytes. */
    private static final int OVERHEAD = 256;

    private static final long PART_BYTES = 64L << 10;
    private static final int PART_FRAMES = 256;
    private static final long PART_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RunningRecording running;
    private final RecorderInlet inlet;
    private final ExchangeFacts exchange;
    private final Loop loop;
    private final SocketMemory memory;
    private final int most;
    private final Instant time;
    private final long opened;
    private final FrameReader client = new FrameReader(true, this);
    private final FrameReader server = new FrameReader(false, this);
    private List<HeldFrame> frames = new ArrayList<>();
    private int number;
    private long held;
    private long missed;
    private boolean gathering;
    private boolean over;

    /**
     * Of a request that has become a WebSocket.
     *
     * @param time when the request began
     * @param most bytes of a message that are kept
     */
    SocketCopy(
            RunningRecording running,
            RecorderInlet inlet,
            Loop loop,
            HeldHeads heads,
            ExchangeFacts exchange,
            Instant time,
            int most) {
        this.running = running;
        this.time = time;
        this.inlet = inlet;
        this.exchange = exchange;
        this.loop = loop;
        this.memory = new SocketMemory(running, heads, most);
        this.most = most;
        this.opened = age();
        gather();
    }

    /** Nanoseconds since the request began. */
    private long age() {
        return loop.now() - exchange.started;
    }

    void fromClient(ByteBuf data) {
        read(client, data);
    }

    void fromServer(ByteBuf data) {
        read(server, data);
    }

    private void read(FrameReader reader, ByteBuf data) {
        if (over) {
            return;
        }
        if (running.takes()) {
            reader.read(data);
            return;
        }
        endFrames();
        if (gathering) {
            handOver(false, 0);
        }
    }

    private void endFrames() {
        client.end();
        server.end();
        over = true;
    }

    @Override
    public @Nullable HeldFrame begin(boolean fromClient, FrameHead head, long missedBefore) {
        if (!inlet.take(OVERHEAD)) {
            missed++;
            inlet.dropFrames(1, 0);
            return null;
        }
        HeldFrame frame = new HeldFrame(fromClient, age(), head.first(), head.mask(), head.length(), missedBefore);
        frame.took(OVERHEAD);
        return frame;
    }

    @Override
    public void keep(HeldFrame frame, ByteBuf piece) {
        int bytes = frame.wanted(piece, most);
        if (bytes == 0) {
            return;
        }
        long cost = HeldBody.cost(piece, bytes);
        if (inlet.take(cost)) {
            frame.took(cost);
            frame.retain(piece, bytes);
        } else {
            frame.full();
        }
    }

    @Override
    public void end(HeldFrame frame) {
        frames.add(frame);
        held += frame.bytes();
        if (held >= PART_BYTES || frames.size() >= PART_FRAMES) {
            handOver(false, 0);
        } else {
            gather();
        }
    }

    /** The recorder waits for the part, which is handed over within a second. */
    private void gather() {
        if (!gathering) {
            gathering = true;
            inlet.gather();
            loop.deadline(this, PART_NANOS);
        }
    }

    @Override
    protected void expired() {
        handOver(false, 0);
    }

    /**
     * The exchange is over.
     *
     * @param bytes that its heads hold
     */
    void finish(long bytes) {
        boolean ended = over;
        endFrames();
        loop.wheel().forget(this);
        if (ended) {
            inlet.dropFrames(0, bytes);
        } else {
            handOver(true, bytes);
        }
    }

    private void handOver(boolean last, long bytes) {
        Facts facts = Facts.of(exchange, time, opened, age());
        number++;
        inlet.finish(new SocketPart(memory, facts, frames, number, missed, last, held + bytes));
        frames = new ArrayList<>();
        held = 0;
        missed = 0;
        if (gathering) {
            gathering = false;
            loop.wheel().clear(this);
            inlet.gathered();
        }
    }
}
