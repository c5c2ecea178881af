package io.laneway.replay.record;

import io.laneway.replay.file.FileOpener;
import io.laneway.replay.file.OwnerFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A disk with room for so many bytes: what has no room is written in part, as by a disk, and fails. Confined to one
 * thread.
 */
final class FullDisk implements FileOpener {

    private long room;

    FullDisk(long room) {
        this.room = room;
    }

    /** So many bytes more have room. */
    void free(long bytes) {
        room = Math.max(0, room + bytes);
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        return new Channel(OwnerFile.create(file));
    }

    private final class Channel extends FileChannel {

        private final FileChannel to;

        Channel(FileChannel to) {
            this.to = to;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int fits = (int) Math.min(room, bytes.remaining());
            if (fits == 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer part = bytes.slice().limit(fits);
            int written = to.write(part);
            bytes.position(bytes.position() + written);
            room -= written;
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            to.truncate(size);
            return this;
        }

        @Override
        public FileChannel position(long position) throws IOException {
            to.position(position);
            return this;
        }

        @Override
        public long position() throws IOException {
            return to.position();
        }

        @Override
        public long size() throws IOException {
            return to.size();
        }

        @Override
        public void force(boolean metadata) throws IOException {
            to.force(metadata);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            to.close();
        }

        @Override
        public int read(ByteBuffer bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer bytes, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer bytes, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
