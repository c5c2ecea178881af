package io.laneway.kafka.recording;

/** That a topic cannot be read. */
public final class TopicUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicUnreadable(String what, Throwable cause) {
        super(what, cause);
    }
}
