package io.laneway.gateway.telemetry.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where lines go in the end. Confined to the writing thread. */
interface Destination extends AutoCloseable {

    /** The channel to write to now. */
    WritableByteChannel channel() throws IOException;

    @Override
    void close() throws IOException;

    /** Standard output; it is not closed. */
    static Destination stdout() {
        FileChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
        return new Destination() {
            @Override
            public WritableByteChannel channel() {
                return out;
            }

            @Override
            public void close() {
                // standard output belongs to the process
            }
        };
    }

    /** A file to append to; when it was moved or deleted, as log rotation does, it is made again. */
    static Destination file(Path path) {
        return new RotatedFile(path);
    }

    /** A file that others may move away. */
    final class RotatedFile implements Destination {

        private final Path path;
        private @Nullable FileChannel open;
        private @Nullable Object key;

        RotatedFile(Path path) {
            this.path = path;
        }

        @Override
        public WritableByteChannel channel() throws IOException {
            FileChannel current = open;
            if (current != null && Objects.equals(key, keyOf(path))) {
                return current;
            }
            close();
            FileChannel fresh = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            open = fresh;
            key = keyOf(path);
            return fresh;
        }

        @Override
        public void close() throws IOException {
            FileChannel current = open;
            open = null;
            if (current != null) {
                current.close();
            }
        }

        private static @Nullable Object keyOf(Path path) throws IOException {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            } catch (NoSuchFileException e) {
                return null;
            }
        }
    }
}
