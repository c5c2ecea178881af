package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import io.laneway.replay.record.PendingExchange;
import io.laneway.replay.redact.Redactor;
import io.laneway.replay.socket.SocketMessages;
import java.util.ArrayList;
import java.util.List;

/** A part of a WebSocket on its way from its event loop to the recorder's thread. Confined to one of them at a time. */
final class SocketPart implements PendingExchange {

    private final SocketMemory socket;
    private final Facts facts;
    private final List<HeldFrame> frames;
    private final int number;
    private final long missed;
    private final boolean last;
    private final long bytes;

    /** @param bytes that it holds */
    SocketPart(
            SocketMemory socket,
            Facts facts,
            List<HeldFrame> frames,
            int number,
            long missed,
            boolean last,
            long bytes) {
        this.socket = socket;
        this.facts = facts;
        this.frames = frames;
        this.number = number;
        this.missed = missed;
        this.last = last;
        this.bytes = bytes;
    }

    @Override
    public RecordedExchange record() {
        SocketMessages messages = socket.messages();
        List<RecordedFrame> whole = new ArrayList<>(frames.size());
        for (HeldFrame frame : frames) {
            messages.add(frame.raw(), whole::add);
        }
        if (last) {
            messages.end(whole::add);
        }
        RunningRecording running = socket.running();
        return ExchangeRecords.of(
                        socket.heads(),
                        RecordedBody.NONE,
                        RecordedBody.NONE,
                        facts,
                        running.gateway(),
                        running.client(facts.source()))
                .with(new RecordedSocket(number, last, missed, whole));
    }

    @Override
    public RecordedExchange redacted(Redactor redactor) {
        return socket.redacted(record(), redactor);
    }

    @Override
    public int requests() {
        return number == 1 ? 1 : 0;
    }

    @Override
    public int frames() {
        return frames.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void release() {
        frames.forEach(HeldFrame::release);
    }
}
