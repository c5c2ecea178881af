package io.laneway.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps what a logger logs, until it is closed. Safe for many threads. */
public final class LogCapture implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level before;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    private LogCapture(String name) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
        this.before = logger.getLevel();
        appender.start();
        logger.addAppender(appender);
    }

    /** What the logger of a class logs. */
    public static LogCapture of(Class<?> type) {
        return of(type.getName());
    }

    /** What the logger of this name and those below it log. */
    public static LogCapture of(String name) {
        return new LogCapture(name);
    }

    /** What all loggers log. */
    public static LogCapture ofAll() {
        return of(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** From this level on, as long as it captures. */
    public LogCapture from(Level level) {
        logger.setLevel(level);
        return this;
    }

    /** The events so far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    /** Messages so far, without key-values. */
    public List<String> messages() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Messages and key-values so far. */
    public List<String> lines() {
        return events.stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }
}
