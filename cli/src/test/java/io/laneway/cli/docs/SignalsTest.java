package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.decision.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Metrics, flags, reasons and threads are those of their pages. */
class SignalsTest {

    private static final Pattern METRIC = Pattern.compile("\"(laneway_[a-z_]+)\"");
    private static final Pattern ADMIN_CALL = Pattern.compile("routes\\.((?:get|post)\\(\"/[a-z_]+)");
    private static final Pattern MESSAGE = Pattern.compile("[a-z]+( [a-z0-9:-]+){3,}.*");
    private static final Pattern LITERAL = Pattern.compile("(\"[^\"]+\")");
    private static final Pattern THREAD = Pattern.compile("\"(laneway-[a-z0-9-]+?)-?\"");
    private static final Pattern MAKES_A_THREAD =
            Pattern.compile(".*(Thread|daemon|ThreadFactory|setPoolName|Repeated\\.start)\\(.*");

    @Test
    void theMetricsPageHasExactlyTheMetricsOfTheProgram() {
        Set<String> known = Sources.find(line -> !line.contains("Oidc("), METRIC);
        Set<String> told = Page.of("docs/reference/metrics.md").codeInColumn(1).stream()
                .filter(name -> name.startsWith("laneway_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(known);
    }

    @Test
    void theFlagsPageHasExactlyTheFlags() {
        List<String> known =
                Arrays.stream(ResponseFlag.values()).map(ResponseFlag::word).toList();
        assertThat(Page.of("docs/reference/flags-and-reasons.md").codeInColumn(1))
                .containsAll(known)
                .filteredOn(word -> word.matches("-|[A-Z]{2,4}"))
                .containsExactlyInAnyOrderElementsOf(known);
        assertThat(Page.of("docs/how-to/troubleshoot.md").codeInColumn(2))
                .containsAll(known.stream().filter(word -> !word.equals("-")).toList());
    }

    @Test
    void everyReasonIsDefinedAndHasItsRemedy() {
        List<String> known = Arrays.stream(Reason.values()).map(Reason::word).toList();
        assertThat(Page.of("docs/concepts/decision.md").codeInColumn(1)).containsAll(known);
        assertThat(Page.of("docs/reference/flags-and-reasons.md").code()).containsAll(known);
        assertThat(Page.of("docs/how-to/troubleshoot.md").code()).containsAll(known);
    }

    @Test
    void theThreadsPageHasExactlyTheThreads() {
        Set<String> known = Sources.find(line -> MAKES_A_THREAD.matcher(line).matches(), THREAD);
        Set<String> told = Page.of("docs/reference/threads.md").codeInColumn(1).stream()
                .map(name -> name.replaceAll("-[A-Z].*|…", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told)
                .isEqualTo(known.stream()
                        .map(name -> name.startsWith("laneway-k8s-inject") ? "laneway-k8s-inject" : name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theAdminPageHasExactlyTheCallsOfTheAdminInterface() {
        Set<String> told = Page.of("docs/reference/admin.md").codeInColumn(1).stream()
                .map(call -> call.replaceAll("\\?.*", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Sources.find(line -> line.contains("routes."), ADMIN_CALL).stream()
                .map(call -> call.replace("(\"", " "))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(known);
    }

    @Test
    void theHeadersPageHasTheFieldsOfTheGatewaysOwn() {
        Set<String> told = Page.of("docs/reference/headers.md").code();
        assertThat(told)
                .containsAll(Arrays.stream(Field.values())
                        .filter(Field::isOneName)
                        .map(field -> field.header().toString())
                        .filter(name -> name.matches("(x-(laneway|envoy|forwarded|request)-.*|trace-branch|baggage)"))
                        .toList());
    }

    @Test
    void theLogMessagesThatPagesQuoteAreThoseOfTheProgram() {
        Set<String> quoted =
                new TreeSet<>(Page.of("docs/concepts/when-things-fail.md").code());
        quoted.addAll(Page.of("docs/concepts/overload.md").code());
        quoted.removeIf(code -> !MESSAGE.matcher(code).matches());
        assertThat(quoted)
                .hasSizeGreaterThan(5)
                .allSatisfy(message -> assertThat(Sources.find(line -> line.contains(message), LITERAL))
                        .isNotEmpty());
    }
}
