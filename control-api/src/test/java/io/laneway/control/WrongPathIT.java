package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Targets that cannot be read. */
class WrongPathIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/lanes/%zz",
                "/v1/lanes/%",
                "/v1/lanes/%e",
                "/%zz",
                "/v1/lanes/a?wait=%zz",
                "/v1/table?view=%",
                "/v1/gateways/%zz/report",
                "/v1/lanes/%ff",
                "/v1/lanes/%00",
                "/v1/lanes/a%2Fb"
            })
    void aTargetThatCannotBeReadIsAProblemAndNoErrorOfOurs(String target) throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        try (TestControl control = TestControl.start(directory)) {
            String answer = get(control.api().port(), target);
            assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").contains("application/problem+json");
            assertThat(logged.list).noneMatch(event -> event.getLevel() == Level.ERROR);
        } finally {
            root.detachAppender(logged);
        }
    }

    private static String get(int port, String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
