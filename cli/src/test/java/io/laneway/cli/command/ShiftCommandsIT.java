package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shifts, pins, plans and blue-green by commands. */
@Timeout(60)
class ShiftCommandsIT extends RemoteCommands {

    @Test
    void settingAShiftWithoutAShareIsWrongUsageAndChangesNothing() {
        assertThat(run("shift", "set", "default", "G0=20%")).isZero();

        assertThat(run("shift", "set", "default")).isEqualTo(2);
        assertThat(run("shift", "preview", "default")).isEqualTo(2);
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"20%\"");
    }

    @Test
    void aMistypedShiftIsNotMade() {
        assertThat(run("shift", "set", "defualt", "G0=20%")).isEqualTo(1);
        assertThat(err.toString()).contains("shift defualt is not there", "one of default", "--create");
        assertThat(run("shift", "set", "defualt", "G0=20%", "--dry-run")).isEqualTo(1);
        assertThat(json("shifts", "list")).doesNotContain("defualt");
        assertThat(run("shift", "set", "checkout", "G0=20%", "--create"))
                .as(err::toString)
                .isZero();
        assertThat(json("shifts", "list")).contains("checkout");
        assertThat(run("lint")).isZero();
        assertThat(out.toString()).contains("shift-without-tenant", "checkout");
    }

    @Test
    void pinsAreAddedMovedAndTakenAway() {
        run("shift", "set", "default", "G0=20%");
        assertThat(run("shift", "include", "default", "G0", "demo", "acme")).isZero();
        assertThat(run("shift", "exclude", "default", "G0", "acme", "bank-1")).isZero();

        assertThat(json("shifts", "get", "default").replaceAll("\\s", ""))
                .contains("\"include\":[\"demo\"]", "\"exclude\":[\"acme\",\"bank-1\"]", "\"share\":\"20%\"");
        assertThat(run("shift", "include", "default", "G0", "demo", "--remove")).isZero();
        assertThat(json("shifts", "get", "default")).doesNotContain("demo");
        assertThat(run("shift", "include", "default", "G9", "demo")).isEqualTo(1);
        assertThat(err.toString()).contains("shift default has no environment G9");
    }

    @Test
    void aPlanIsStartedWatchedAndEnded() {
        assertThat(run("plan", "start", "default", "--lane", "G0", "5%:30m", "100%"))
                .as(err::toString)
                .isZero();
        assertThat(run("plan", "show", "default")).isZero();
        assertThat(out.toString()).contains("running, step 1 of 2 (5%)", "> 1. 5%, then 30m", "  2. 100%");
        assertThat(run("plan", "pause", "default")).isZero();
        assertThat(run("plan", "promote", "default")).isZero();
        assertThat(run("plan", "finish", "default")).as(err::toString).isZero();
        assertThat(run("plan", "watch", "default")).isZero();
        assertThat(run("plan", "start", "default", "--lane", "G0", "5%:30m", "100%"))
                .as(err::toString)
                .isZero();
        assertThat(run("plan", "abort", "default")).isZero();
        assertThat(run("plan", "watch", "default")).isEqualTo(1);
        assertThat(out.toString()).startsWith("aborted");
        assertThat(run("plan", "start", "default")).isEqualTo(2);
        assertThat(run("plan", "start", "default", "-f", "x", "--lane", "G0")).isEqualTo(2);
    }

    @Test
    void blueGreenIsOneVerbAndRevertUndoesIt() {
        assertThat(run("shift", "switch", "default", "--to", "G0", "--reason", "release 42"))
                .as(err::toString)
                .isZero();
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"100%\"");
        assertThat(run("shift", "switch", "default", "--to", "f-1")).isEqualTo(1);
        assertThat(err.toString()).contains("422", "G0", "master");
        assertThat(run("shift", "revert", "default")).isZero();
        assertThat(json("shifts", "get", "default")).contains("\"share\" : \"0%\"");
    }
}
