package io.laneway.gateway.server.adminhttp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A response without end, until the client goes. Confined to the connection's thread, but for {@link #execute}. */
public final class CallStream {

    private final Channel channel;
    private final List<Future<?>> timers = new ArrayList<>();
    private Runnable room = CallStream::nothing;
    private Runnable end = CallStream::nothing;

    CallStream(Channel channel) {
        this.channel = channel;
    }

    /** Called when the client has read what made this full. */
    public CallStream onRoom(Runnable task) {
        room = task;
        return this;
    }

    /** Called once, when the client is gone. */
    public CallStream onEnd(Runnable task) {
        end = task;
        return this;
    }

    /** Repeats a task for as long as the client is there. */
    public void every(long millis, Runnable task) {
        timers.add(channel.eventLoop().scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS));
    }

    /** Whether so much waits for the client that nothing is to be added. */
    public boolean isFull() {
        return !channel.isWritable();
    }

    public void write(String text) {
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    /** Runs a task on the connection's thread. */
    public void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    private static void nothing() {}

    void room() {
        room.run();
    }

    void end() {
        timers.forEach(timer -> timer.cancel(false));
        end.run();
    }
}
