package io.laneway.replay.s3;

import io.laneway.replay.file.MemberBuffer;
import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What becomes one object: whole gzip members, the first of which begins with the recording's header. Confined to one thread. */
final class S3Part {

    private final RecordingHeader header;
    private final MemberBuffer member = new MemberBuffer();
    private final ByteArrayOutputStream members = new ByteArrayOutputStream();
    private final long begun;
    private int requests;

    /** @param begun when, in nanoseconds */
    S3Part(RecordingHeader header, long begun) {
        this.header = header;
        this.begun = begun;
    }

    void add(RecordedExchange exchange) throws IOException {
        if (requests == 0 && member.pending() == 0) {
            member.add(out -> LineWriter.header(header, out));
        }
        member.add(out -> LineWriter.exchange(exchange, out));
        requests++;
        if (member.isFull()) {
            end();
        }
    }

    /** Ends the member, if it has requests. */
    void end() throws IOException {
        if (requests > 0) {
            members.write(member.end());
        }
    }

    int requests() {
        return requests;
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
