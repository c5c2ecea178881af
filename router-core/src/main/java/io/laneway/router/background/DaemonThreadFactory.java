package io.laneway.router.background;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that do not keep the process alive. Immutable.
 *
 * @param name       of each thread
 * @param stackBytes 0 for the virtual machine's own
 */
public record DaemonThreadFactory(String name, long stackBytes) implements ThreadFactory {

    public DaemonThreadFactory(String name) {
        this(name, 0);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, name, stackBytes);
        thread.setDaemon(true);
        return thread;
    }
}
