package io.laneway.gateway.runtime.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipe of an event loop by which bytes are moved from one socket to another without a copy, splice(2). It is empty between
 * two moves, opened when it is first used, and closed with the loop. Confined to its event loop, save for what says otherwise.
 *
 * <p>Where the kernel refuses, as under a filter of system calls, bytes are copied from then on in the whole process.
 */
final class SplicePipe {

    /** Bytes of one move: what a pipe holds by default in whole pages, and what a slow reader leaves to be kept. */
    static final int PIECE = 64 * 1024;

    /** Set to false to have all bytes copied. */
    static final String PROPERTY = "laneway.splice";

    private static final Logger log = LoggerFactory.getLogger(SplicePipe.class);
    private static final LongAdder MOVED = new LongAdder();
    private static final AtomicBoolean WORKS =
            new AtomicBoolean(!"false".equalsIgnoreCase(System.getProperty(PROPERTY)));

    /** EPERM, ENOMEM, EACCES, EINVAL, ENOSYS, EOPNOTSUPP of Linux, negative. */
    private static final Set<Integer> REFUSALS = Set.of(-1, -12, -13, -22, -38, -95);

    /** The system call. */
    interface Call {

        /** Moves at most {@code n} bytes; 0 if there are none, or no room, or the end is reached. */
        int splice(int from, int to, int n) throws IOException;
    }

    private final Call call;
    private final AtomicBoolean works;
    private @Nullable FileDescriptor in;
    private @Nullable FileDescriptor out;

    SplicePipe(Loop loop) {
        this((from, to, n) -> Native.splice(from, -1, to, -1, n), WORKS);
        var unused = loop.eventLoop().terminationFuture().addListener(ended -> close());
    }

    SplicePipe(Call call, AtomicBoolean works) {
        this.call = call;
        this.works = works;
    }

    /** How many bytes went through pipes in this process. Any thread. */
    static long moved() {
        return MOVED.sum();
    }

    /** Whether the kernel moves bytes, as far as is known, and may. Any thread. */
    static boolean works() {
        return WORKS.get();
    }

    /**
     * Moves bytes, and hands those that the other socket does not take to the handler of the first.
     *
     * @param most at most {@link #PIECE}
     * @return how many the first socket gave
     * @throws IOException the first socket has failed, or bytes are lost
     */
    int move(EpollSocketChannel from, EpollSocketChannel to, int most, Bypass bypass) throws IOException {
        int taken = take(from, most);
        if (taken == 0) {
            return 0;
        }
        @Nullable ByteBuf rest = null;
        boolean empty = false;
        try {
            int given = give(to, taken);
            if (given > 0) {
                MOVED.add(given);
                bypass.passed(given);
            }
            if (given < taken) {
                rest = read(from, taken - given);
            }
            empty = true;
        } finally {
            // What is left in it must never reach another connection.
            if (!empty) {
                close();
            }
        }
        if (rest != null) {
            from.pipeline().fireChannelRead(rest);
        }
        return taken;
    }

    private int take(EpollSocketChannel from, int most) throws IOException {
        FileDescriptor to = opened();
        if (to == null) {
            return 0;
        }
        try {
            return call.splice(from.fd().intValue(), to.intValue(), most);
        } catch (NativeIoException e) {
            if (refused(e)) {
                return 0;
            }
            throw e;
        } catch (NotYetConnectedException e) {
            return 0; // the read that follows says what it is
        }
    }

    /** Whatever keeps a socket from taking bytes, the write of those that are left finds it again. */
    private int give(EpollSocketChannel to, int n) {
        int given = 0;
        FileDescriptor from = in;
        while (from != null && given < n) {
            try {
                int more = call.splice(from.intValue(), to.fd().intValue(), n - given);
                if (more == 0) {
                    return given;
                }
                given += more;
            } catch (IOException e) {
                var unused = e instanceof NativeIoException failed && refused(failed);
                return given;
            }
        }
        return given;
    }

    private boolean refused(NativeIoException cause) {
        if (!REFUSALS.contains(cause.expectedErr())) {
            return false;
        }
        if (works.compareAndSet(true, false)) {
            log.atInfo()
                    .addKeyValue("reason", cause.getMessage())
                    .log("the kernel does not splice: bytes are copied from socket to socket");
        }
        return true;
    }

    private @Nullable FileDescriptor opened() {
        if (out == null) {
            try {
                FileDescriptor[] ends = FileDescriptor.pipe();
                in = ends[0];
                out = ends[1];
            } catch (IOException e) {
                log.atDebug().setCause(e).log("no pipe for splicing: bytes are copied");
            }
        }
        return out;
    }

    private ByteBuf read(EpollSocketChannel from, int n) throws IOException {
        ByteBuf rest = from.alloc().directBuffer(n, n);
        boolean whole = false;
        try {
            FileDescriptor pipe = in;
            while (pipe != null && rest.readableBytes() < n) {
                int at = rest.writerIndex();
                ByteBuffer room = rest.internalNioBuffer(at, n - at);
                int more = pipe.read(room, room.position(), room.limit());
                if (more <= 0) {
                    break;
                }
                rest.writerIndex(at + more);
            }
            whole = rest.readableBytes() == n;
        } finally {
            if (!whole) {
                rest.release();
                close();
            }
        }
        if (!whole) {
            throw new IOException("bytes were lost in the pipe of splicing");
        }
        return rest;
    }

    /** Closes it; the next move opens another one. */
    void close() {
        FileDescriptor first = in;
        FileDescriptor second = out;
        in = null;
        out = null;
        close(first);
        close(second);
    }

    private static void close(@Nullable FileDescriptor end) {
        if (end != null) {
            try {
                end.close();
            } catch (IOException e) {
                log.atDebug().setCause(e).log("an end of a pipe could not be closed");
            }
        }
    }
}
