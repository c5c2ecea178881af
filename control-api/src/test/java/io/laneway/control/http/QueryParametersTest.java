package io.laneway.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.table.Refusal;
import io.laneway.router.document.tree.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the query of a call says, and everything that is wrong with it at once. */
class QueryParametersTest {

    private static final RouteTemplate EDIT = RouteTemplate.of(HttpMethod.POST, "/v1/revisions{?limit}");

    /** A query such as {@code a=1&b}; a name alone has an empty value. */
    private static QueryParameters query(String text) {
        MultiMap given = MultiMap.caseInsensitiveMultiMap();
        if (text != null) {
            for (String pair : text.split("&")) {
                String[] parts = pair.split("=", 2);
                given.add(parts[0], parts.length == 1 ? "" : parts[1]);
            }
        }
        return new QueryParameters(given);
    }

    @ParameterizedTest
    @CsvSource({
        ", 50",
        "limit=1, 1",
        "limit=1000, 1000",
        "limit=0, malformed",
        "limit=1001, malformed",
        "limit=9223372036854775808, malformed",
        "limit=, malformed",
        "limit=1.5, malformed",
        "limit=x, malformed"
    })
    void aNumberIsWithinItsBounds(String text, String value) {
        QueryValue<Long> limit = query(text).number("limit", 50, 1, 1_000);

        assertThat(limit instanceof QueryValue.Read<Long> read ? "" + read.value() : "malformed")
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        ", false",
        "dryRun, true",
        "dryRun=, true",
        "dryRun=true, true",
        "dryRun=false, false",
        "dryRun=True, malformed",
        "dryRun=1, malformed"
    })
    void aSwitchIsOnByItsNameAlone(String text, String value) {
        QueryValue<Boolean> flag = query(text).flag("dryRun");

        assertThat(flag instanceof QueryValue.Read<Boolean> read ? "" + read.value() : "malformed")
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        ", ",
        "timeout=9s, ",
        "wait=applied, PT5S",
        "wait=applied&timeout=9s, PT9S",
        "wait=applied&timeout=2m, PT2M",
        "wait=applied&timeout=1h, PT2M"
    })
    void aCallWaitsForFiveSecondsAndForTwoMinutesAtMost(String text, Duration time) {
        assertThat(query(text).waitApplied()).isEqualTo(Optional.ofNullable(time));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=5&dryRun=true&wait=applied&timeout=1s |",
                "limit=x                       |",
                "dryrun=true                   | dryrun: unknown query parameter",
                "dryRun=yes                    | dryRun: yes (expected: true or false)",
                "wait=forever                  | wait: forever (expected: applied)",
                "timeout=soon                  | timeout: soon (expected: a duration such as 5s)",
                "wait=applied&timeout=-1s      | timeout: -1s (expected: a duration such as 5s)",
                "limit=1&limit=2               | limit: given 2 times (expected: once)",
                "x=1&dryRun=no&wait=no&timeout=no "
                        + "| x: unknown query parameter; dryRun: no (expected; wait: no (expected; timeout: no (expected"
            })
    void everyWrongParameterIsNamedAtOnce(String text, String problems) {
        String[] expected = problems == null ? new String[0] : problems.split("; ");

        assertThat(query(text).problems(EDIT)).hasSize(expected.length);
        for (String one : expected) {
            assertThat(query(text).problems(EDIT)).extracting(Problem::toString).anyMatch(said -> said.startsWith(one));
        }
    }

    @Test
    void whatIsMalformedRefusesTheCallWithItsPlace() {
        QueryValue<Boolean> flag = query("dryRun=yes").flag("dryRun");

        assertThatThrownBy(flag::orElseThrow).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.MALFORMED);
            assertThat(refusal.detail()).isEqualTo("query parameter dryRun: yes (expected: true or false)");
            assertThat(refusal.problems()).extracting(Problem::path).containsExactly("dryRun");
        });
    }
}
