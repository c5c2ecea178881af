package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.auth.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose plan a token may move: that of an environment whose lane it may change, and no other. */
class PlanRightsIT {

    private static final String PATH = "/v1/shifts/default/plan";
    private static final String PLAN =
            "{\"lane\": \"G0\", \"steps\": [{\"share\": \"5%\"}, {\"share\": \"10%\"}, \"100%\"]}";

    @TempDir
    Path directory;

    private TestControl control;
    private String[] all;
    private String[] own;
    private String[] other;
    private String[] viewer;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
        control.put("/v1/table", ControlApiIT.PICTURE);
        all = token(Role.ADMIN, "");
        own = token(Role.RELEASER, "G*");
        other = token(Role.RELEASER, "f-*");
        viewer = token(Role.VIEWER, "");
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private String[] token(Role role, String lanes) {
        String secret = control.api()
                .tokens()
                .make("t-" + role.word() + lanes, role, lanes, null)
                .secret();
        return new String[] {"Authorization", "Bearer " + secret};
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "promote", "abort", "finish"})
    void onlyTheOwnerOfTheLaneMovesItsPlan(String move) {
        assertThat(control.put(PATH, PLAN, all).status()).isEqualTo(200);
        String before = control.get(PATH, all).body();
        for (String query : new String[] {"", "?dryRun=true"}) {
            assertThat(control.post(PATH + "/" + move + query, "", other).status())
                    .isEqualTo(403);
            assertThat(control.post(PATH + "/" + move + query, "", viewer).status())
                    .isEqualTo(403);
        }
        assertThat(control.get(PATH, all).body()).isEqualTo(before);

        assertThat(control.post(PATH + "/" + move, "", own).status()).isEqualTo(200);
        // An ended plan belongs to its lane too.
        assertThat(control.post(PATH + "/" + move, "", other).status()).isEqualTo(403);
    }

    @Test
    void onlyTheOwnerOfTheLaneBeginsAndForgetsItsPlan() {
        assertThat(control.put(PATH, PLAN, other).status()).isEqualTo(403);
        assertThat(control.put(PATH, PLAN, viewer).status()).isEqualTo(403);
        assertThat(control.put(PATH, PLAN, own).status()).isEqualTo(200);
        assertThat(control.delete(PATH, other).status()).isEqualTo(403);
        assertThat(control.delete(PATH, own).status()).isEqualTo(200);
    }
}
