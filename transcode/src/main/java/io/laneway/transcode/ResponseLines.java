package io.laneway.transcode;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header lines of a response of gRPC that are passed on, until its status in HTTP is known. Confined to one event loop. */
final class ResponseLines {

    private static final String OF_GRPC = "grpc-";

    private record Line(HeaderName name, String value) {}

    private final List<Line> kept = new ArrayList<>();

    /** Keeps what is not of gRPC itself. */
    void keep(HeaderLines lines) {
        Slice slice = new Slice();
        for (int line = 0; line < lines.count(); line++) {
            Field field = lines.field(line);
            boolean framing = field == Field.CONTENT_TYPE || field == Field.CONTENT_LENGTH || field == Field.TRAILER;
            if (lines.isRemoved(line) || framing) {
                continue;
            }
            slice.set(lines.array(), lines.nameOffset(line), lines.nameLength(line));
            String name = slice.toString().toLowerCase(Locale.ROOT);
            if (!name.startsWith(OF_GRPC)) {
                lines.value(line, slice);
                kept.add(new Line(HeaderName.of(name), slice.toString()));
            }
        }
    }

    /** @param length of the body, negative if it is not known */
    ResponseHead head(int status, String type, int length) {
        ResponseHead head = new ResponseHead();
        head.clear(0);
        head.start(status);
        HeaderLines lines = head.lines();
        kept.forEach(line -> lines.add(line.name(), line.value()));
        lines.add(Field.CONTENT_TYPE.header(), type);
        if (length >= 0) {
            lines.add(Field.CONTENT_LENGTH.header(), length);
        }
        head.bodyLength(length < 0 ? ResponseHead.UNKNOWN_LENGTH : length);
        return head;
    }
}
