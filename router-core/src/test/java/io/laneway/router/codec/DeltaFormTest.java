package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong deltas are refused with the place, what is there and what was expected. */
class DeltaFormTest {

    private static List<String> problems(String json) {
        Problems problems = Problems.strict();
        assertThat(DeltaForm.read(json.getBytes(StandardCharsets.UTF_8), problems))
                .isNull();
        return problems.list().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | changes[0]: none of its keys (expected: one of put, remove)",
                "{\"put\":\"lane\",\"remove\":\"lane\"} | changes[0]: put and remove (expected: one of put, remove)",
                "{\"put\":5} | changes[0].put: the number 5 (expected: a text, in quotes)",
                "{\"put\":\"lane\"} | changes[0].lane: missing (expected: a value)",
                "{\"put\":\"lane\",\"lane\":\"f-1\"} | changes[0].lane: 'f-1' (expected: a mapping)",
                "{\"put\":\"lane\",\"lane\":{\"mode\":\"strict\"}} | changes[0].lane.name: missing (expected: a text)",
                "{\"put\":\"lane\",\"lane\":{\"name\":\"a\"},\"service\":\"x\"} | changes[0].service: unknown key (expected: one of put, remove, lane)",
                "{\"put\":\"service\",\"service\":{\"name\":\"a\",\"deployments\":[{}]}} | changes[0].service.deployments[0].lane: missing (expected: a text)",
                "{\"put\":\"deployment\",\"deployment\":{\"lane\":\"a\"}} | changes[0].service: missing (expected: a value)",
                "{\"put\":\"deployment\",\"service\":\".shop\",\"deployment\":{\"lane\":\"a\"}} | changes[0].service: '' (expected: a service name)",
                "{\"put\":\"shift\",\"shift\":{\"name\":\"d\",\"environments\":[{\"lane\":\"G0\",\"share\":\"101%\"}]}} | changes[0].shift.environments[0].share: 101% (expected: 0% to 100%)",
                "{\"put\":\"routes\",\"routes\":{}} | changes[0].routes: a mapping (expected: a list)",
                "{\"put\":\"routes\",\"routes\":[{\"path\":\"/\"}]} | changes[0].routes[0].service: missing (expected: a text)",
                "{\"put\":\"carriers\",\"carriers\":{\"header\":\"x\"}} | changes[0].carriers.header: 'x' (expected: a list)",
                "{\"put\":\"base\",\"base\":\"\"} | changes[0].base: '' (expected: a text that is not empty)",
                "{\"put\":\"moon\",\"moon\":{}} | changes[0]: put moon (expected: a change that this version knows)",
                "{\"remove\":\"routes\"} | changes[0]: remove routes (expected: a change that this version knows)",
                "{\"remove\":\"lane\"} | changes[0].lane: missing (expected: a text)",
                "{\"remove\":\"deployment\",\"service\":\"order\"} | changes[0].lane: missing (expected: a text)"
            })
    void aWrongChangeIsSaidWithItsPlace(String change, String problem) {
        assertThat(problems("{\"from\":1,\"revision\":2,\"changes\":[" + change + "]}"))
                .containsExactly(problem);
    }

    @Test
    void aDeltaLeadsToALaterRevision() {
        assertThat(problems("{\"from\":2,\"revision\":2,\"changes\":[]}"))
                .containsExactly("revision: 2 (expected: above 2)");
        assertThat(problems("{\"from\":2,\"changes\":[]}"))
                .containsExactly("revision: missing (expected: a whole number >= 1)");
        assertThat(problems("{\"from\":-1,\"revision\":\"x\",\"changes\":5,\"more\":1}"))
                .containsExactlyInAnyOrder(
                        "from: the number -1 (expected: a whole number >= 0)",
                        "revision: 'x' (expected: a whole number >= 1)",
                        "changes: the number 5 (expected: a list)",
                        "more: unknown key (expected: one of from, revision, changes)");
    }

    @Test
    void oneWrongChangeRefusesAllAndEachIsNamed() {
        assertThat(problems("{\"from\":1,\"revision\":2,\"changes\":["
                        + "{\"put\":\"base\",\"base\":\"G2\"},{\"remove\":\"lane\"},{\"put\":\"moon\"}]}"))
                .containsExactly(
                        "changes[1].lane: missing (expected: a text)",
                        "changes[2]: put moon (expected: a change that this version knows)");
    }
}
