package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.laneway.control.sources.TableServing;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableServer;
import io.laneway.testkit.LogCapture;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of the table beside the control API, and the order in which all of it stops. */
class ServersIT {

    private static final int CLIENTS = 300;

    @TempDir
    Path directory;

    /** A server whose clients take something up just before it ends. */
    private static final class Busy implements TableServer {

        private @Nullable Control control;

        @Override
        public String name() {
            return "busy";
        }

        @Override
        public int start(Listen listen, Control side) {
            control = side;
            return 1;
        }

        @Override
        public void table(LaneTable table) {}

        @Override
        public List<Measure> measures() {
            return List.of();
        }

        @Override
        public List<Distribution> distributions() {
            return List.of();
        }

        @Override
        public void close() {
            for (int i = 0; i < CLIENTS && control != null; i++) {
                control.follows(new Follower("n-" + i, "test", "127.0.0.1:1", 7, ""));
            }
        }
    }

    @Test
    void whatClientsTookUpIsWrittenBeforeTheStoreCloses() {
        try (LogCapture log = LogCapture.of(TableServing.class)) {
            ControlConfig config = ControlConfig.in(directory, 0);
            ControlApi.start(config.serving(List.of(new Busy()))).close();
            assertThat(log.events())
                    .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                    .isEmpty();
            try (ControlApi again = ControlApi.start(config)) {
                assertThat(again.parts().gateways().all())
                        .filteredOn(gateway -> gateway.id().startsWith("busy:"))
                        .hasSize(CLIENTS);
            }
        }
    }
}
