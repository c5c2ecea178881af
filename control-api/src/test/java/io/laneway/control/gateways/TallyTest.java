package io.laneway.control.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final ServiceLane GRAY = new ServiceLane("a", "g0");

    private final Measures measures = new Measures(() -> Set.of("g0", "master"));

    @Test
    void whatAReportSaysOfTheTimeBeforeTheTallyIsNotCounted() {
        report("run", 6, 1_000, 0, 0);
        Tally tally = measures.begin(7, 3_000);
        // Counted between 1 000 and 6 000, so partly before; and then by a table that is older than the tally's.
        report("run", 6, 6_000, 500, 250);
        report("run", 7, 11_000, 600, 300);
        assertThat(measures.totals(tally)).isEmpty();
        assertThat(measures.since(3_000, tally)).isEmpty();

        report("run", 8, 16_000, 900, 303);

        assertThat(measures.totals(tally).get(GRAY).requests()).isEqualTo(300);
        assertThat(measures.totals(tally).get(GRAY).errors()).isEqualTo(3);
        assertThat(measures.since(3_000, tally).get(GRAY).requests()).isEqualTo(300);
        assertThat(measures.since(3_000).get(GRAY).requests())
                .as("what all of them say")
                .isEqualTo(900);
    }

    @Test
    void whereTheTableStaysTheSameTheTimeOfTheReportDecides() {
        report("run", 7, 1_000, 0, 0);
        Tally tally = measures.begin(7, 3_000);
        report("run", 7, 6_000, 500, 250);
        report("run", 7, 11_000, 600, 250);

        assertThat(measures.totals(tally).get(GRAY).requests()).isEqualTo(100);
        assertThat(measures.totals(tally).get(GRAY).errors()).isZero();
    }

    @Test
    void aGatewayThatStartedAgainCountsFromItsStartIfItHadTheTableBefore() {
        report("first", 6, 1_000, 0, 0);
        Tally tally = measures.begin(7, 3_000);
        report("first", 7, 6_000, 500, 250);

        report("again", 7, 9_000, 70, 7);

        assertThat(measures.totals(tally).get(GRAY).requests()).isEqualTo(70);
    }

    @Test
    void atItsEndItSumsUpNoMore() {
        report("run", 7, 1_000, 0, 0);
        Tally tally = measures.begin(7, 0);
        report("run", 7, 2_000, 10, 0);
        measures.end(tally);
        report("run", 7, 3_000, 20, 0);

        assertThat(measures.totals(tally).get(GRAY).requests()).isEqualTo(10);
    }

    private void report(String started, long revision, long at, long requests, long errors) {
        measures.add("gw", report(started, revision, requests, errors), at);
    }

    private static GatewayReport report(String started, long revision, long requests, long errors) {
        Totals gray = new Totals("a", "G0", "G0", requests, errors, Map.of());
        return new GatewayReport(
                "1", "", started, "", revision, "following", true, List.of(gray), List.of(), Map.of(), List.of());
    }
}
