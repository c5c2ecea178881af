package io.laneway.replay.s3;

import io.laneway.replay.file.MemberBuffer;
import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.record.Unwritten;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What becomes one object: whole gzip members, the first of which begins with the recording's header. Confined to one thread. */
final class S3Part {

    private final RecordingHeader header;
    private final MemberBuffer member = new MemberBuffer();
    private final ByteArrayOutputStream members = new ByteArrayOutputStream();
    private final long begun;
    private final Unwritten unwritten = new Unwritten();

    /** @param begun when, in nanoseconds */
    S3Part(RecordingHeader header, long begun) {
        this.header = header;
        this.begun = begun;
    }

    void add(RecordedExchange exchange) throws IOException {
        if (isEmpty() && member.pending() == 0) {
            member.add(out -> LineWriter.header(header, out));
        }
        member.add(out -> LineWriter.exchange(exchange, out));
        unwritten.add(exchange);
        if (member.isFull()) {
            end();
        }
    }

    /** Ends the member, if it has requests. */
    void end() throws IOException {
        if (!isEmpty()) {
            members.write(member.end());
        }
    }

    boolean isEmpty() {
        return unwritten.records() == 0;
    }

    /** What becomes of it is counted here. */
    Unwritten unwritten() {
        return unwritten;
    }

    /** Bytes of its whole members. */
    int size() {
        return members.size();
    }

    long age(long now) {
        return now - begun;
    }

    /** The object, once the last member has ended. */
    byte[] bytes() {
        return members.toByteArray();
    }
}
