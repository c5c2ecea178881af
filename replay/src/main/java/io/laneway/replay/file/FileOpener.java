package io.laneway.replay.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** How a new file is opened to be written: {@link OwnerFile#create}, except where a test has a disk that is full. */
@FunctionalInterface
public interface FileOpener {

    FileChannel open(Path file) throws IOException;
}
