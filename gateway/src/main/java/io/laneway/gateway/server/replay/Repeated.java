package io.laneway.gateway.server.replay;

/** Takes a step again and again, on a thread of its own, while another thread does the work. Safe for many threads. */
final class Repeated {

    private final Thread thread;

    /** Is taken by one thread; may block. */
    @FunctionalInterface
    interface Step {

        void run() throws InterruptedException;
    }

    private Repeated(String name, long everyMillis, Step step) {
        this.thread = new Thread(() -> run(everyMillis, step), name);
        thread.setDaemon(true);
    }

    /** Takes the first step after so many milliseconds, and each further one so long after the end of the one before. */
    static Repeated start(String name, long everyMillis, Step step) {
        Repeated repeated = new Repeated(name, everyMillis, step);
        repeated.thread.start();
        return repeated;
    }

    private static void run(long everyMillis, Step step) {
        try {
            while (true) {
                Thread.sleep(everyMillis);
                step.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts the step under way and waits for its end; no other one follows. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
