package io.laneway.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.Documents;
import io.laneway.router.document.Format;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans as documents, and what holds at each of their steps. */
class PlanTest {

    private static final String STEPS = """
        {lane: G0, groups: {demo: [d1, d2], more: [d2, m1]},
         steps: [{group: demo, pause: 1m}, 5%, {group: more, share: "20%"}, {group: demo}, {share: "0%", pause: 1h}]}
        """;

    private static Plan read(String document, Problems problems) {
        return Plan.read(
                Documents.parse(document.getBytes(StandardCharsets.UTF_8), "", Format.YAML, problems), problems);
    }

    private static Plan plan(String document) {
        Problems problems = Problems.strict();
        Plan plan = read(document, problems);
        assertThat(problems.list()).isEmpty();
        return plan;
    }

    @ParameterizedTest
    @CsvSource({"0, 7%, d1 d2", "1, 5%, d1 d2", "2, 20%, d1 d2 m1", "3, 20%, d1 d2 m1", "4, 0%, d1 d2 m1"})
    void aShareStaysUntilAnotherIsNamedAndGroupsAddUp(int step, String share, String tenants) {
        Plan plan = plan(STEPS);

        assertThat(plan.shareAt(step, Share.parse("7%"))).isEqualTo(Share.parse(share));
        assertThat(plan.tenantsAt(step)).isEqualTo(List.of(tenants.split(" ")));
    }

    @Test
    void aPlanIsReadAsItIsShown() {
        Plan plan = plan(STEPS);

        assertThat(plan(plan.json().encode())).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{steps: [5%]}                              | lane: missing",
                "{lane: G0, steps: []}                      | steps: [] (expected: at least one step)",
                "{lane: G0, steps: [{pause: 1m}]}           | steps[0].share: missing (expected: share, group or both)",
                "{lane: G0, steps: [{group: demo}]}         | groups: no demo (expected: every group of a step)",
                "{lane: G0, steps: [101%]}                  | steps[0]",
                "{lane: G0, steps: [{share: 5%, pause: x}]} | steps[0].pause",
                "{lane: G0, steps: [5%], speed: fast}       | speed"
            })
    void aPlanThatCanMeanNothingIsRefusedWithItsPlace(String document, String problem) {
        Problems problems = Problems.strict();

        read(document, problems);

        assertThat(problems.list()).anySatisfy(one -> assertThat(one.toString()).contains(problem));
    }
}
