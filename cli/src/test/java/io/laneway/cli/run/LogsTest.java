package io.laneway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogsTest {

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void clear() {
        System.clearProperty("LANEWAY_LOG_LEVEL");
        System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
        context.stop();
    }

    private ch.qos.logback.classic.Logger root() {
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void logsToStandardErrorAndKeepsLibrariesQuiet() {
        assertThat(new Logs().configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root().getAppender("stderr");
        assertThat(appender.getTarget()).isEqualTo("System.err");
        assertThat(appender.isStarted()).isTrue();
        assertThat(context.getLogger("io.laneway.gateway.Gateway").getEffectiveLevel())
                .isEqualTo(Level.INFO);
        assertThat(context.getLogger("io.netty.channel").getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void theLevelIsAskedForByName() {
        System.setProperty("LANEWAY_LOG_LEVEL", "debug");
        new Logs().configure(context);
        assertThat(root().getLevel()).isEqualTo(Level.DEBUG);
    }

    @Test
    void aLevelThatIsNoneIsInfo() {
        System.setProperty("LANEWAY_LOG_LEVEL", "loud");
        new Logs().configure(context);
        assertThat(root().getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void leavesItToTheFileThatSomebodyNamed() {
        System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, "/etc/laneway/logback.xml");
        assertThat(new Logs().configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(root().iteratorForAppenders()).isExhausted();
    }

    @Test
    void logbackFindsIt() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(Logs.class);
    }
}
