package io.laneway.replay.file;

import java.io.IOException;
import java.io.OutputStream;

/** A line, which writes itself with its end. */
@FunctionalInterface
public interface Line {

    void writeTo(OutputStream out) throws IOException;
}
