package io.laneway.cli.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.laneway.gateway.server.admin.LogLevels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Levels of Logback, which the program logs with. Safe for many threads. */
public final class LogbackLevels implements LogLevels {

    @Override
    public boolean set(String logger, String level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return false;
        }
        context.getLogger(logger.isEmpty() ? Logger.ROOT_LOGGER_NAME : logger).setLevel(Level.toLevel(level));
        return true;
    }
}
