package io.laneway.gateway.telemetry.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.redact.RedactionRules;
import io.laneway.router.model.recording.Redaction;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A table takes the paths that a recorder takes, so that none fails where it is too late to say so. */
class RedactionPathsTest {

    private static final List<String> PIECES =
            List.of("$", ".", "..", "a", "*", "[", "]", "['b']", "[\"c\"]", "[0]", "[*]", "'", "\"", "\n", "['");

    @Test
    void theTableTakesWhatTheRecorderTakes() {
        Random random = new Random(4711);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder path = new StringBuilder("$");
            for (int n = random.nextInt(7); n > 0; n--) {
                path.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            List<String> paths = List.of(path.toString());
            boolean recorder = takes(() -> new RedactionRules(List.of(), List.of(), List.of(), paths, List.of()));
            boolean table = takes(() -> new Redaction(List.of(), List.of(), List.of(), paths, List.of()));
            assertThat(table).as(path.toString()).isEqualTo(recorder);
            taken += table ? 1 : 0;
        }
        assertThat(taken).isBetween(1_000, 15_000);
    }

    private static boolean takes(Supplier<?> made) {
        try {
            return made.get() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
