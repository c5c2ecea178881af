package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.laneway.testkit.LogCapture;
import io.laneway.testkit.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        try (LogCapture logged = LogCapture.ofAll();
                TestControl control = TestControl.start(directory)) {
            String answer = RawHttp.get(control.api().port(), target, "Host: localhost");
            assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").contains("application/problem+json");
            assertThat(logged.events()).noneMatch(event -> event.getLevel() == Level.ERROR);
        }
    }
}
