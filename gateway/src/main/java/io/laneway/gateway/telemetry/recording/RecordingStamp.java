package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;
import java.util.Arrays;

/**
 * The stamp {@code x-laneway-recording: orders=1, carts=0}: which recordings keep the chain that a request belongs to, as
 * its first hop decided. Stateless.
 */
final class RecordingStamp {

    static final HeaderName NAME = HeaderName.of("x-laneway-recording");

    private RecordingStamp() {}

    /** 1 or 0 as the stamp says of a recording, -1 if it says nothing. */
    static int read(HeaderLines lines, byte[] recording) {
        int line = lines.mayHave(Field.X_LANEWAY_OTHER.bit()) ? lines.find(NAME, 0) : -1;
        if (line < 0) {
            return -1;
        }
        byte[] array = lines.array();
        int at = lines.valueOffset(line);
        int end = at + lines.valueLength(line);
        while (at < end) {
            while (at < end && (array[at] == ' ' || array[at] == ',')) {
                at++;
            }
            int mark = at + recording.length;
            if (mark + 1 < end
                    && array[mark] == '='
                    && Arrays.equals(array, at, mark, recording, 0, recording.length)) {
                return array[mark + 1] == '1' ? 1 : 0;
            }
            while (at < end && array[at] != ',') {
                at++;
            }
        }
        return -1;
    }
}
