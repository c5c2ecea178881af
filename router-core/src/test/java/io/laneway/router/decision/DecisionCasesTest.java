package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.decision.DecisionCases.Case;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.PublishedState;
import io.laneway.router.text.Slice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Decides every row of docs/concepts/decision-cases.md. */
class DecisionCasesTest {

    private static final List<Case> CASES = DecisionCases.read(Path.of("../docs/concepts/decision-cases.md"));

    @TestFactory
    Stream<DynamicTest> everyRowIsDecidedAsItSays() {
        return CASES.stream().map(one -> DynamicTest.dynamicTest(one.section() + ": " + one.name(), () -> check(one)));
    }

    /** {@code loop} is decided before the table is asked. */
    @Test
    void everyReasonHasARow() {
        Set<String> reasons = EnumSet.complementOf(EnumSet.of(Reason.LOOP)).stream()
                .map(Reason::word)
                .collect(Collectors.toSet());

        assertThat(CASES.stream().map(Case::reason)).containsAll(reasons);
        assertThat(CASES.stream().map(one -> one.section() + one.name())).doesNotHaveDuplicates();
        assertThat(CASES).hasSizeGreaterThan(90);
    }

    private static void check(Case one) {
        DecisionProbe probe = one.table().at(listener(one.listener()));
        RequestDraft request = request(one.request());
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(probe.table(), probe.listener(), request, decision);
        Explanation explained = Explanation.of(probe.table(), probe.listener(), request, null, null);

        assertThat(requested(decision)).as("requested: %s", explained.lines()).isEqualTo(one.requested());
        assertThat(decision.served() == null ? "-" : decision.served().name())
                .as("served: %s", explained.lines())
                .isEqualTo(one.served());
        assertThat(decision.reason().word()).as("reason: %s", explained.lines()).isEqualTo(one.reason());
        assertThat(explained.endpoints()).as("endpoints: %s", explained.lines()).isEqualTo(one.endpoints());
        assertThat(explained.reason()).isEqualTo(decision.reason());
        assertThat(decision.passthrough()).isEqualTo(one.listener().contains("passthrough"));
    }

    private static String requested(Decision<PublishedState, Void> decision) {
        Slice stamp = new Slice();
        decision.stamp(stamp);
        String lane = decision.stamped() ? stamp.toString() : "-";
        String assigned = decision.assigned().word();
        return assigned.isEmpty() ? lane : lane + " (" + assigned + ")";
    }

    private static ListenerTraits listener(String text) {
        String[] words = text.split(", *");
        ListenerTraits traits = words[0].equals("internal") ? ListenerTraits.INTERNAL : ListenerTraits.EXTERNAL;
        assertThat(words[0]).isIn("internal", "external");
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            if (word.equals("lanes off")) {
                traits = traits.withLanes(false);
            } else if (word.equals("passthrough")) {
                traits = traits.withPassthrough(true);
            } else if (word.startsWith("default ")) {
                traits = traits.withDefaultLane(word.substring("default ".length()));
            } else {
                assertThat(word).startsWith("service ");
                traits = traits.withService(ServiceId.parse(word.substring("service ".length())));
            }
        }
        return traits;
    }

    private static RequestDraft request(List<String> lines) {
        String first = lines.get(0);
        int space = first.indexOf(' ');
        String method = space < 0 ? "GET" : first.substring(0, space);
        String where = first.substring(space + 1);
        int slash = where.indexOf('/');
        RequestDraft draft = new RequestDraft(method, where.substring(0, slash), where.substring(slash));
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            draft.header(line.substring(0, colon), line.substring(colon + 1));
        }
        return draft;
    }
}
