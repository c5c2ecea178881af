package io.laneway.gateway.telemetry.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.AccessLogConfig;
import io.laneway.gateway.runtime.config.AccessLogConfig.Format;
import io.laneway.gateway.runtime.config.AccessLogConfig.Target;
import io.laneway.gateway.runtime.record.FakeExchange;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields of a line in JSON are those that docs/reference/access-log.md has. */
class AccessLogPageTest {

    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

    @TempDir
    Path folder;

    @Test
    void thePageHasExactlyTheFieldsOfALine() throws IOException {
        Path file = folder.resolve("access.log");
        AccessLog log = AccessLog.start(new AccessLogConfig(Format.JSON, Target.FILE, file));
        FakeExchange call = new FakeExchange();
        call.grpcStatus = 0;
        log.loop().finished(call);
        log.close();
        Set<String> written = new JsonObject(Files.readString(file)).fieldNames();
        assertThat(told()).containsExactlyInAnyOrderElementsOf(written);
    }

    /** What stands as code in the second column of tables. */
    private static Set<String> told() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/reference/access-log.md"))) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("|") && cells.length > 2) {
                CODE.matcher(cells[2]).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }
}
